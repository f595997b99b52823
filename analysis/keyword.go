package analysis

import "github.com/kconfig-ls/kconfig-ls/parser"

// keywordText explains a keyword or an operator.
type keywordText struct {
	// Form is what is written, with the variable parts in capitals.
	Form string
	// Text says what it does.
	Text string
	// Example is a line or a few.
	Example string
}

// document writes the explanation.
func (k keywordText) document(d *document) {
	d.code(k.Form)
	d.paragraph(words(k.Text))
	if k.Example != "" {
		d.paragraph(words("Example:"))
		d.code(k.Example)
	}
}

// textOf returns what explains a keyword or an operator.
func textOf(kind parser.TokenKind) (keywordText, bool) {
	if k, ok := entryText(kind); ok {
		return k, true
	}
	if k, ok := typeText(kind); ok {
		return k, true
	}
	if k, ok := attributeText(kind); ok {
		return k, true
	}
	if k, ok := sourceText(kind); ok {
		return k, true
	}
	return operatorText(kind)
}

// entryText explains the keywords of entries and blocks.
func entryText(kind parser.TokenKind) (k keywordText, ok bool) {
	switch kind {
	case parser.KwConfig:
		k = keywordText{"config NAME", "Defines the symbol NAME. The lines below it, up to the next entry, give its type, prompt, dependencies and defaults. A symbol may be defined in several places; what they say adds up.", "config USB_HID\n\ttristate \"USB HID devices\"\n\tdepends on USB"}
	case parser.KwMenuconfig:
		k = keywordText{"menuconfig NAME", "Defines a symbol like config does, and asks menu programs to show the entries that depend on it in a menu of their own.", "menuconfig NETDEVICES\n\tbool \"Network devices\""}
	case parser.KwConfigdefault:
		k = keywordText{"configdefault NAME", "Adds defaults to a symbol that is defined elsewhere, without defining it. It takes default lines only.", "configdefault LOG_LEVEL\n\tdefault 2 if DEBUG"}
	case parser.KwChoice:
		k = keywordText{"choice ... endchoice", "Groups bool symbols of which exactly one can be y. The prompt is that of the whole group, default names the member that is chosen first, depends on hides all of it.", "choice\n\tprompt \"Timer frequency\"\n\tdefault HZ_250\n\nconfig HZ_100\n\tbool \"100 Hz\"\n\nconfig HZ_250\n\tbool \"250 Hz\"\n\nendchoice"}
	case parser.KwEndchoice:
		k = keywordText{"endchoice", "Ends the innermost choice.", ""}
	case parser.KwComment:
		k = keywordText{"comment \"TEXT\"", "Shows a line of text in the menu, such as why something cannot be chosen. It is shown while its depends on holds.", "comment \"The driver needs DMA\"\n\tdepends on !HAS_DMA"}
	case parser.KwMenu:
		k = keywordText{"menu \"TITLE\" ... endmenu", "Opens a menu. Its depends on lines hold for everything inside, its visible if only hides the prompts inside.", "menu \"Sound\"\n\tdepends on HAS_IOMEM\n\nconfig SND\n\ttristate \"Sound card support\"\n\nendmenu"}
	case parser.KwEndmenu:
		k = keywordText{"endmenu", "Ends the innermost menu.", ""}
	case parser.KwMainmenu:
		k = keywordText{"mainmenu \"TITLE\"", "Gives the title of the whole configuration. It is the first statement of the root file.", "mainmenu \"Firmware configuration\""}
	case parser.KwIf:
		k = keywordText{"if EXPRESSION ... endif", "As a statement it makes everything up to its endif depend on the expression. Behind a prompt, default, select, imply or range it makes that line alone count only while the expression is not n.", "if NET\n\nconfig NET_DEBUG\n\tbool \"Debugging\" if EXPERT\n\nendif"}
	case parser.KwEndif:
		k = keywordText{"endif", "Ends the innermost if.", ""}
	case parser.KwInsert:
		k = keywordText{"INSERT", "Marks where the build of BusyBox puts the entries that it collects from C sources.", ""}
	default:
		return k, false
	}
	return k, true
}

// typeText explains the types.
func typeText(kind parser.TokenKind) (k keywordText, ok bool) {
	switch kind {
	case parser.KwBool, parser.KwBoolean:
		k = keywordText{"bool [\"PROMPT\" [if EXPRESSION]]", "The symbol is y or n. With a prompt users can set it while all its dependencies, and the condition behind if, hold.", "bool \"Enable tracing\" if EXPERT"}
	case parser.KwTristate:
		k = keywordText{"tristate [\"PROMPT\" [if EXPRESSION]]", "The symbol is y (built in), m (a module) or n. Without support for modules it acts as a bool.", "tristate \"Serial driver\""}
	case parser.KwInt:
		k = keywordText{"int [\"PROMPT\" [if EXPRESSION]]", "The symbol is a decimal number. A range line limits it.", "int \"Number of buffers\"\n\trange 1 64\n\tdefault 8"}
	case parser.KwHex:
		k = keywordText{"hex [\"PROMPT\" [if EXPRESSION]]", "The symbol is a hexadecimal number, written with 0x.", "hex \"Load address\"\n\tdefault 0x80000000"}
	case parser.KwString:
		k = keywordText{"string [\"PROMPT\" [if EXPRESSION]]", "The symbol is a text.", "string \"Default hostname\"\n\tdefault \"localhost\""}
	case parser.KwFloat:
		k = keywordText{"float [\"PROMPT\" [if EXPRESSION]]", "The symbol is a decimal fraction. Only esp-idf-kconfig has this type.", "float \"Gain\"\n\tdefault 1.5"}
	case parser.KwDefBool:
		k = keywordText{"def_bool VALUE [if EXPRESSION]", "Short for bool and default VALUE in two lines. It gives no prompt.", "def_bool y if PCI"}
	case parser.KwDefTristate:
		k = keywordText{"def_tristate VALUE [if EXPRESSION]", "Short for tristate and default VALUE in two lines. It gives no prompt.", "def_tristate m if USB"}
	case parser.KwDefInt:
		k = keywordText{"def_int VALUE [if EXPRESSION]", "Short for int and default VALUE in two lines.", "def_int 4"}
	case parser.KwDefHex:
		k = keywordText{"def_hex VALUE [if EXPRESSION]", "Short for hex and default VALUE in two lines.", "def_hex 0x1000"}
	case parser.KwDefString:
		k = keywordText{"def_string VALUE [if EXPRESSION]", "Short for string and default VALUE in two lines.", "def_string \"uart0\""}
	default:
		return k, false
	}
	return k, true
}

// attributeText explains the lines of an entry.
func attributeText(kind parser.TokenKind) (k keywordText, ok bool) {
	switch kind {
	case parser.KwPrompt:
		k = keywordText{"prompt \"TEXT\" [if EXPRESSION]", "Gives the text that users see. It can stand behind the type instead. Without a prompt users cannot set the symbol.", "prompt \"Verbose messages\" if EXPERT"}
	case parser.KwDefault:
		k = keywordText{"default VALUE [if EXPRESSION]", "The value while users have not set the symbol. The first default line whose condition holds counts. In a choice it names the member that is chosen first.", "default y if ARM64\ndefault n"}
	case parser.KwDepends, parser.KwOn:
		k = keywordText{"depends on EXPRESSION", "The entry, with its prompt, defaults, selects and ranges, counts only as far as the expression allows. Several lines must all hold. Linux 7.0 and newer also have depends on A if B, which asks for A only while B is not n.", "depends on PCI && (ARM64 || X86)"}
	case parser.KwSelect:
		k = keywordText{"select SYMBOL [if EXPRESSION]", "While this symbol is on, SYMBOL is at least as on, whatever SYMBOL itself depends on. Use it for symbols without a prompt and without dependencies. SYMBOL is a bool or tristate.", "select CRC32 if NET"}
	case parser.KwImply:
		k = keywordText{"imply SYMBOL [if EXPRESSION]", "A weak select: SYMBOL comes on with this symbol by default, but its own dependencies count, and users can turn it off.", "imply PTP_1588_CLOCK"}
	case parser.KwRange:
		k = keywordText{"range LOW HIGH [if EXPRESSION]", "Limits an int or hex symbol. Both bounds are allowed values, and may be symbols. The first range line whose condition holds counts.", "range 1 255 if !SMALL"}
	case parser.KwVisible:
		k = keywordText{"visible if EXPRESSION", "Hides the prompts inside a menu while the expression is n. Unlike depends on it leaves the values alone.", "menu \"Codecs\"\n\tvisible if EXPERT"}
	case parser.KwHelp:
		k = keywordText{"help", "The lines below are the help text, as long as they are indented at least as far as the first of them.", "help\n\t  Say Y if you have the device."}
	case parser.KwModules:
		k = keywordText{"modules", "Makes this symbol the one that tells whether modules are supported. While it is n, tristates act as bools.", "config MODULES\n\tbool \"Loadable modules\"\n\tmodules"}
	case parser.KwTransitional:
		k = keywordText{"transitional", "The symbol is read from old configurations and never written, so that a new symbol can take its value as a default.", "config OLD_NAME\n\tbool\n\ttransitional"}
	case parser.KwOptional:
		k = keywordText{"optional", "No member of the choice needs to be chosen. Linux dropped it in 6.12.", ""}
	case parser.KwOption:
		k = keywordText{"option NAME[=VALUE]", "Sets an option of the symbol: env=\"VARIABLE\" takes the value from the environment, modules marks the symbol for modules. Linux dropped it for macros and for the keyword modules.", "option env=\"ARCH\""}
	case parser.KwSet:
		k = keywordText{"set SYMBOL=VALUE [if EXPRESSION]", "Gives another symbol a value while this one is on. Only esp-idf-kconfig has it.", "set LOG_LEVEL=3"}
	case parser.KwWarning:
		k = keywordText{"warning \"TEXT\"", "Shows a text when the symbol is set by a user. Only esp-idf-kconfig has it.", "warning \"This is experimental\""}
	case parser.KwOutput:
		k = keywordText{"output yaml", "Writes the symbol to the YAML file as well. Only kdevops has it.", "output yaml"}
	default:
		return k, false
	}
	return k, true
}

// sourceText explains the statements that include files.
func sourceText(kind parser.TokenKind) (k keywordText, ok bool) {
	switch kind {
	case parser.KwSource:
		k = keywordText{"source \"PATH\"", "Reads another file here, as if its lines stood in this place: the blocks around hold for it. The path counts from the top of the tree.", "source \"drivers/net/Kconfig\""}
	case parser.KwRsource:
		k = keywordText{"rsource \"PATH\"", "Reads another file here. The path counts from the directory of this file.", "rsource \"Kconfig.common\""}
	case parser.KwOsource:
		k = keywordText{"osource \"PATH\"", "Reads another file here if it exists. The path counts from the top of the tree.", "osource \"local/Kconfig\""}
	case parser.KwOrsource:
		k = keywordText{"orsource \"PATH\"", "Reads another file here if it exists. The path counts from the directory of this file.", "orsource \"Kconfig.*.local\""}
	case parser.KwGsource:
		k = keywordText{"gsource \"PATTERN\"", "Reads all files that match the pattern; an older name of osource.", "gsource \"boards/*/Kconfig\""}
	case parser.KwGrsource:
		k = keywordText{"grsource \"PATTERN\"", "Reads all files that match the pattern, relative to this file; an older name of orsource.", "grsource \"*/Kconfig\""}
	default:
		return k, false
	}
	return k, true
}

// operatorText explains the operators.
func operatorText(kind parser.TokenKind) (k keywordText, ok bool) {
	switch kind {
	case parser.Or:
		k = keywordText{"A || B", "Or: the greater of both values, where n is less than m and m less than y. It binds weaker than every other operator.", "depends on PCI || USB"}
	case parser.And:
		k = keywordText{"A && B", "And: the lesser of both values, where n is less than m and m less than y. It binds stronger than ||.", "depends on NET && INET"}
	case parser.Not:
		k = keywordText{"!A", "Not: y becomes n, n becomes y, m stays m. It binds stronger than &&.", "depends on !DEBUG"}
	case parser.Equal:
		k = keywordText{"A = B", "Is y if both are equal, else n. Only symbols and constants can be compared, not expressions; comparisons bind strongest.", "depends on USB = y"}
	case parser.Unequal:
		k = keywordText{"A != B", "Is n if both are equal, else y. Only symbols and constants can be compared.", "depends on NR_CPUS != 1"}
	case parser.Less:
		k = keywordText{"A < B", "Is y if A is less than B: as numbers if both are numbers, as tristates for those, else as texts.", "depends on GCC_VERSION < 120000"}
	case parser.LessEqual:
		k = keywordText{"A <= B", "Is y if A is not greater than B: as numbers if both are numbers, as tristates for those, else as texts.", "range 1 64 if NR_CPUS <= 64"}
	case parser.Greater:
		k = keywordText{"A > B", "Is y if A is greater than B: as numbers if both are numbers, as tristates for those, else as texts.", "default y if NR_CPUS > 1"}
	case parser.GreaterEqual:
		k = keywordText{"A >= B", "Is y if A is not less than B: as numbers if both are numbers, as tristates for those, else as texts.", "depends on CLANG_VERSION >= 150000"}
	case parser.ColonEqual:
		k = keywordText{"NAME := TEXT", "Gives a macro a value that is expanded here, once. References in it must be defined above.", "cc-name := $(shell,basename $(CC))"}
	case parser.PlusEqual:
		k = keywordText{"NAME += TEXT", "Adds a blank and the text to the value of a macro.", "flags += -Wall"}
	default:
		return k, false
	}
	return k, true
}

// assignText explains the "=" of an assignment, which is no comparison.
func assignText() keywordText {
	return keywordText{"NAME = TEXT", "Gives a macro a value that is expanded where it is used. With $(1), $(2) in it the macro is a function: $(NAME,first,second).", "if-set = $(if-success,test -n \"$(1)\",y,n)"}
}
