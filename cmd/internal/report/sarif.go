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

	"github.com/kconfig-ls/kconfig-ls/analysis/check"
)

const (
	homePage    = "https://github.com/kconfig-ls/kconfig-ls"
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	// sourceRoot is the name by which results refer to a tree's directory.
	sourceRoot = "SRCROOT"
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
		ID      string `json:"id"`
		HelpURI string `json:"helpUri"`
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
		Properties       *sarifBag       `json:"properties,omitempty"`
	}
	sarifBag struct {
		Symbol        string   `json:"symbol,omitempty"`
		Architectures []string `json:"architectures,omitempty"`
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
		Region   sarifRegion   `json:"region"`
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
	for i := range r.Findings {
		f := &r.Findings[i]
		run := &log.Runs[f.View]
		run.Results = append(run.Results, sarifFinding(f, r.Views[f.View].Root, index[f.Code]))
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
	slices.Sort(codes)
	codes = slices.Compact(codes)
	rules := make([]sarifRule, 0, len(codes))
	index := make(map[string]int, len(codes))
	for i, code := range codes {
		rules = append(rules, sarifRule{code, check.DocumentationURL(code)})
		index[code] = i
	}
	return rules, index
}

func sarifFinding(f *Finding, root string, rule int) sarifResult {
	result := sarifResult{
		RuleID: f.Code, RuleIndex: rule, Level: "note",
		Message:   sarifMessage{f.Message},
		Locations: []sarifLocation{{Physical: sarifPlace(f.Place, root)}},
	}
	switch f.Severity {
	case check.Error:
		result.Level = "error"
	case check.Warning:
		result.Level = "warning"
	}
	for _, n := range f.Related {
		result.RelatedLocations = append(result.RelatedLocations, sarifLocation{sarifPlace(n.Place, root), &sarifMessage{n.Message}})
	}
	if f.Symbol != "" || len(f.Archs) > 0 {
		result.Properties = &sarifBag{f.Symbol, f.Archs}
	}
	return result
}

func sarifPlace(p Place, root string) sarifPhysical {
	artifact := sarifArtifact{URI: fileURI(p.Path)}
	if file := relative(root, p.Path); !filepath.IsAbs(filepath.FromSlash(file)) {
		artifact = sarifArtifact{(&url.URL{Path: file}).String(), sourceRoot}
	}
	return sarifPhysical{artifact, sarifRegion{
		p.Line, characters(p.Text, p.Column), p.EndLine, characters(p.EndText, p.EndColumn),
	}}
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
