package report

import (
	"bufio"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/check"
	"github.com/kconfig-ls/kconfig-ls/docs"
)

const (
	homePage    = "https://github.com/kconfig-ls/kconfig-ls"
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	// sourceRoot is the name by which results refer to a tree's directory.
	sourceRoot = "SRCROOT"
	// fingerprintName is what the fingerprints of findings are made of, with a version.
	fingerprintName = "fileCodeSymbolLine/v1"
)

// The parts of SARIF 2.1.0 that are used.
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		BaseIDs     map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind  string                   `json:"columnKind"`
		Results     []sarifResult            `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string              `json:"id"`
		ShortDescription *sarifText          `json:"shortDescription,omitempty"`
		FullDescription  *sarifText          `json:"fullDescription,omitempty"`
		Help             *sarifText          `json:"help,omitempty"`
		HelpURI          string              `json:"helpUri"`
		Configuration    *sarifConfiguration `json:"defaultConfiguration,omitempty"`
		Properties       *sarifRuleBag       `json:"properties,omitempty"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifRuleBag struct {
		Tags []string `json:"tags"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool `json:"executionSuccessful"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId,omitempty"`
	}
	sarifResult struct {
		RuleID           string          `json:"ruleId"`
		RuleIndex        int             `json:"ruleIndex"`
		Level            string          `json:"level"`
		Message          sarifMessage    `json:"message"`
		Locations        []sarifLocation `json:"locations"`
		RelatedLocations []sarifLocation `json:"relatedLocations,omitempty"`
		// PartialFingerprints stay the same when lines move.
		PartialFingerprints map[string]string  `json:"partialFingerprints,omitempty"`
		BaselineState       string             `json:"baselineState,omitempty"`
		Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
		Fixes               []sarifFix         `json:"fixes,omitempty"`
		Properties          *sarifBag          `json:"properties,omitempty"`
	}
	sarifBag struct {
		Symbol        string   `json:"symbol,omitempty"`
		Architectures []string `json:"architectures,omitempty"`
	}
	sarifSuppression struct {
		Kind string `json:"kind"`
	}
	sarifFix struct {
		Description sarifMessage     `json:"description"`
		Changes     []sarifFixChange `json:"artifactChanges"`
	}
	sarifFixChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion   `json:"deletedRegion"`
		Inserted *sarifMessage `json:"insertedContent,omitempty"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifMessage `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// WriteSARIF writes the report as SARIF 2.1.0, with a run for each view. The
// version is that of this program.
func WriteSARIF(w io.Writer, r *Report, toolVersion string) error {
	rules, index := sarifRules(r)
	log := sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{}}
	for _, view := range r.Views {
		base := fileURI(view.Root)
		if !strings.HasSuffix(base, "/") {
			base += "/"
		}
		log.Runs = append(log.Runs, sarifRun{
			Tool:        sarifTool{sarifDriver{"kconfig-ls", toolVersion, homePage, rules}},
			Invocations: []sarifInvocation{{true}},
			BaseIDs:     map[string]sarifArtifact{sourceRoot: {URI: base}},
			ColumnKind:  "unicodeCodePoints",
			Results:     []sarifResult{},
		})
	}
	seen := map[Identity]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		run := &log.Runs[f.View]
		result := sarifFinding(f, r.Views[f.View].Root, index[f.Code])
		id := r.Identity(f)
		result.PartialFingerprints = map[string]string{fingerprintName: id.fingerprint(seen[id])}
		seen[id]++
		if r.Baseline != nil {
			result.BaselineState = map[bool]string{false: "new", true: "unchanged"}[f.Known]
		}
		run.Results = append(run.Results, result)
	}
	if r.Baseline != nil {
		for _, s := range r.Baseline.Stale {
			run := &log.Runs[s.View]
			run.Results = append(run.Results, sarifStale(s, index))
		}
	}
	b := bufio.NewWriterSize(w, 64<<10)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(log); err != nil {
		return err
	}
	return b.Flush()
}

// sarifRules returns the codes of all checks and of the findings, sorted.
func sarifRules(r *Report) ([]sarifRule, map[string]int) {
	var codes []string
	for _, rule := range check.Rules() {
		codes = append(codes, rule.ID)
	}
	for i := range r.Findings {
		codes = append(codes, r.Findings[i].Code)
	}
	if r.Baseline != nil {
		for _, s := range r.Baseline.Stale {
			codes = append(codes, s.Code)
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	rules := make([]sarifRule, 0, len(codes))
	index := make(map[string]int, len(codes))
	for i, code := range codes {
		rules = append(rules, sarifRuleOf(code))
		index[code] = i
	}
	return rules, index
}

func sarifFinding(f *Finding, root string, rule int) sarifResult {
	result := sarifResult{
		RuleID: f.Code, RuleIndex: rule, Level: sarifLevel(f.Severity),
		Message:   sarifMessage{f.Message},
		Locations: []sarifLocation{{Physical: sarifPlace(f.Place, root)}},
	}
	for _, n := range f.Related {
		result.RelatedLocations = append(result.RelatedLocations, sarifLocation{sarifPlace(n.Place, root), &sarifMessage{n.Message}})
	}
	switch f.Suppressed {
	case analysis.InComment:
		result.Suppressions = []sarifSuppression{{"inSource"}}
	case analysis.InPolicy:
		result.Suppressions = []sarifSuppression{{"external"}}
	}
	if f.Fix != nil {
		result.Fixes = []sarifFix{sarifFixOf(f.Fix, root)}
	}
	if f.Symbol != "" || len(f.Archs) > 0 {
		result.Properties = &sarifBag{f.Symbol, f.Archs}
	}
	return result
}

func sarifPlace(p Place, root string) sarifPhysical {
	region := sarifRegionOf(p)
	return sarifPhysical{sarifArtifactOf(p.Path, root), &region}
}

func sarifArtifactOf(path, root string) sarifArtifact {
	if file := relative(root, path); !filepath.IsAbs(filepath.FromSlash(file)) {
		return sarifArtifact{(&url.URL{Path: file}).String(), sourceRoot}
	}
	return sarifArtifact{URI: fileURI(path)}
}

func sarifRegionOf(p Place) sarifRegion {
	return sarifRegion{p.Line, characters(p.Text, p.Column), p.EndLine, characters(p.EndText, p.EndColumn)}
}

func sarifLevel(s check.Severity) string {
	switch s {
	case check.Error:
		return "error"
	case check.Warning:
		return "warning"
	}
	return "note"
}

// sarifRuleOf returns what is known of a check.
func sarifRuleOf(code string) sarifRule {
	rule := sarifRule{ID: code, HelpURI: check.DocumentationURL(code)}
	rules := check.Rules()
	i := slices.IndexFunc(rules, func(r check.Rule) bool { return r.ID == code })
	if i < 0 {
		return rule
	}
	rule.Configuration = &sarifConfiguration{!rules[i].Off, sarifLevel(rules[i].Severity)}
	rule.Properties = &sarifRuleBag{[]string{string(rules[i].Family)}}
	if page, ok := docs.Check(code); ok {
		rule.ShortDescription = &sarifText{Text: page.Sentence}
		rule.FullDescription = &sarifText{Text: page.Paragraph}
		rule.Help = &sarifText{Text: page.Paragraph, Markdown: page.Text}
	}
	return rule
}

// sarifFixOf returns a fix with its changes by file.
func sarifFixOf(f *Fix, root string) sarifFix {
	fix := sarifFix{Description: sarifMessage{f.Title}}
	for _, c := range f.Changes {
		artifact := sarifArtifactOf(c.Path, root)
		if n := len(fix.Changes); n == 0 || fix.Changes[n-1].Artifact != artifact {
			fix.Changes = append(fix.Changes, sarifFixChange{Artifact: artifact})
		}
		last := &fix.Changes[len(fix.Changes)-1]
		r := sarifReplacement{Deleted: sarifRegionOf(c.Place)}
		if c.NewText != "" {
			r.Inserted = &sarifMessage{c.NewText}
		}
		last.Replacements = append(last.Replacements, r)
	}
	return fix
}

// sarifStale returns what a baseline has and a run has not found any more.
func sarifStale(s Stale, index map[string]int) sarifResult {
	id := Identity{s.File, s.Code, s.Symbol, s.Text}
	result := sarifResult{
		RuleID: s.Code, RuleIndex: index[s.Code], Level: "none", Message: sarifMessage{"no longer found: " + s.Text},
		Locations: []sarifLocation{{Physical: sarifPhysical{
			Artifact: sarifArtifact{(&url.URL{Path: s.File}).String(), sourceRoot},
		}}},
		BaselineState: "absent", PartialFingerprints: map[string]string{fingerprintName: id.fingerprint(0)},
	}
	if s.Symbol != "" {
		result.Properties = &sarifBag{Symbol: s.Symbol}
	}
	return result
}

// characters turns a column in bytes into one in characters.
func characters(line string, column int) int {
	n := min(max(column-1, 0), len(line))
	return utf8.RuneCountInString(line[:n]) + 1
}

// fileURI returns the URI of an absolute path.
func fileURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive of Windows
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
