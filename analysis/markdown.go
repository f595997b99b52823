package analysis

import (
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxDocument is how many bytes a documentation may have in either form.
const maxDocument = 16 << 10

// escapeMarkdown returns the text such that Markdown shows it as it is, on one
// line: characters are escaped where they would mean something, and nowhere else,
// because some editors show the backslashes. Line ends become blanks.
func escapeMarkdown(text string) string {
	var b strings.Builder
	twoTildes, twoDollars := strings.Count(text, "~") > 1, strings.Count(text, "$") > 1
	start := true // of the line, where more characters mean something
	for i := range len(text) {
		c := text[i]
		before, behind := byte(' '), byte(' ')
		if i > 0 {
			before = text[i-1]
		}
		if i+1 < len(text) {
			behind = text[i+1]
		}
		special := false
		switch c {
		case '`', '[', ']':
			special = true
		case '\\':
			special = i+1 == len(text) || isPunctuation(behind)
		case '*':
			special = start || !isBlank(before) || !isBlank(behind)
		case '_': // none between letters is emphasis
			special = (start || !isBlank(before) || !isBlank(behind)) && (!isLetterOrDigit(before) || !isLetterOrDigit(behind))
		case '~': // one alone strikes nothing through
			special = twoTildes
		case '$': // some know formulas
			special = twoDollars
		case '<':
			special = isLetterOrDigit(behind) || behind == '/' || behind == '!' || behind == '?' || beginsMail(text[i+1:])
		case '&':
			special = isLetterOrDigit(behind) || behind == '#'
		case '+', '-', '=', '#', '>':
			special = start
		case '.', ')': // behind digits it would begin a numbered list
			number := strings.TrimLeft(text[:i], " \t\r\n")
			special = number != "" && strings.Trim(number, "0123456789") == ""
		case '\n', '\r', '\t':
			c = ' '
		}
		if special {
			b.WriteByte('\\')
		}
		if start = start && c == ' '; start {
			continue // four blanks would begin a code block
		}
		b.WriteByte(c)
	}
	return b.String()
}

// beginsMail reports whether a text, behind "<", could be taken for a mail address,
// which may begin with a sign.
func beginsMail(text string) bool {
	end := strings.IndexAny(text, " \t\r\n<>")
	return end >= 0 && text[end] == '>' && strings.Contains(text[:end], "@")
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isPunctuation(c byte) bool { return '!' <= c && c <= '~' && !isLetterOrDigit(c) }

// codeSpan returns the text as inline code. The quotes are longer than any run
// of backticks in it.
func codeSpan(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
	if strings.Trim(text, " ") == "" {
		return ""
	}
	quote := fence(text, 1)
	if text[0] == '`' || text[len(text)-1] == '`' || text[0] == ' ' && text[len(text)-1] == ' ' {
		text = " " + text + " "
	}
	return quote + text + quote
}

// fence returns backticks, at least so many and more than are in a row in the
// text.
func fence(text string, least int) string {
	longest, run := 0, 0
	for i := range len(text) {
		if text[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return strings.Repeat("`", max(least, longest+1))
}

// shorten returns at most limit bytes of a text, with a mark where it was cut.
// It cuts no character in two.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	cut := limit
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// document is a documentation that is being written, in both forms at once. It
// takes no more blocks when it is full.
type document struct {
	markdown, plain strings.Builder
	full            bool
}

// documentation returns what was written.
func (d *document) documentation() Documentation {
	return Documentation{
		Markdown: strings.TrimRight(d.markdown.String(), "\n"),
		Plain:    strings.TrimRight(d.plain.String(), "\n"),
	}
}

// add appends a block in both forms.
func (d *document) add(markdown, plain string) {
	if d.full {
		return
	}
	if d.markdown.Len()+len(markdown) > maxDocument || d.plain.Len()+len(plain) > maxDocument {
		d.full = true
		markdown, plain = "…\n", "…\n"
	}
	d.markdown.WriteString(markdown)
	d.plain.WriteString(plain)
}

// code adds a block of Kconfig.
func (d *document) code(text string) { d.fenced("kconfig", text) }

// text adds a block that is shown as it is.
func (d *document) text(text string) { d.fenced("text", text) }

func (d *document) fenced(language, text string) {
	text = strings.ToValidUTF8(strings.Trim(text, "\n"), "�")
	quote := fence(text, 3)
	d.add(quote+language+"\n"+text+"\n"+quote+"\n\n", text+"\n\n")
}

// phrase is a run of text within a line, plain or as code.
type phrase struct {
	text string
	kind phraseKind
	url  string // of a link
}

type phraseKind uint8

const (
	wordsPhrase phraseKind = iota
	codePhrase
	strongPhrase
	linkPhrase
)

// words is text as it is.
func words(text string) phrase { return phrase{text: text, kind: wordsPhrase} }

// inCode is text in the language.
func inCode(text string) phrase { return phrase{text: text, kind: codePhrase} }

// strong is text that stands out.
func strong(text string) phrase { return phrase{text: text, kind: strongPhrase} }

// linkTo is a place that editors can go to.
func linkTo(p Place) phrase {
	return phrase{p.File + ":" + strconv.Itoa(p.Line), linkPhrase, lineURL(p.Path, p.Line)}
}

// lineURL returns the address of a line of a file, as editors understand it.
func lineURL(path string, line int) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // of a drive
	}
	u := url.URL{Scheme: "file", Path: path, Fragment: "L" + strconv.Itoa(line)}
	return strings.NewReplacer("(", "%28", ")", "%29").Replace(u.String())
}

// maxPhrase is how many bytes of one phrase are shown.
const maxPhrase = 1500

// line returns phrases as one line in both forms.
func line(phrases []phrase) (markdown, plain string) {
	var m, p strings.Builder
	for _, ph := range phrases {
		text := strings.ToValidUTF8(shorten(ph.text, maxPhrase), "�")
		p.WriteString(text)
		switch ph.kind {
		case codePhrase:
			m.WriteString(codeSpan(text))
		case strongPhrase:
			m.WriteString("**" + escapeMarkdown(text) + "**")
		case linkPhrase:
			m.WriteString("[" + escapeMarkdown(text) + "](" + ph.url + ")")
		default:
			escaped := escapeMarkdown(text)
			if m.Len() > 0 && strings.HasPrefix(text, " ") && !strings.HasPrefix(escaped, " ") {
				escaped = " " + escaped // it begins no line
			}
			m.WriteString(escaped)
		}
	}
	return m.String(), p.String()
}

// paragraph adds a line of its own.
func (d *document) paragraph(phrases ...phrase) {
	markdown, plain := line(phrases)
	d.add(markdown+"\n\n", plain+"\n\n")
}

// list adds a line with items below it, of which no more than most are shown.
func (d *document) list(title []phrase, items [][]phrase, most int) {
	if len(items) == 0 {
		return
	}
	markdown, plain := line(title)
	d.add(markdown+"\n", plain+"\n")
	for i, item := range items {
		if i == most && len(items) > most+1 {
			item = []phrase{words("and " + strconv.Itoa(len(items)-most) + " more")}
		} else if i > most {
			break
		}
		markdown, plain := line(item)
		d.add("- "+markdown+"\n", "  - "+plain+"\n")
	}
	d.add("\n", "\n")
}

// rule adds a line between two parts.
func (d *document) rule() { d.add("---\n\n", "\n") }
