package report

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/kconfig-ls/kconfig-ls/analysis"
)

// TestSARIF checks that a log is what the standard requires, and what it says.
func TestSARIF(t *testing.T) {
	var b strings.Builder
	if err := WriteSARIF(&b, sample(), "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	log := validateSARIF(t, b.String())

	run := log["runs"].([]any)[0].(map[string]any)
	results := run["results"].([]any)
	if len(results) != 4 || len(log["runs"].([]any)) != 2 {
		t.Fatalf("%d results in %d runs", len(results), len(log["runs"].([]any)))
	}
	for i, want := range []string{
		`warning sub%20dir/Kconfig SRCROOT 2:16-2:19`, // characters, not bytes
		`error sub%20dir/Kconfig SRCROOT 1:1-3:1`,
		`note file:///elsewhere/Kconfig  1:1-1:1`,
		`note sub%20dir/Kconfig SRCROOT 3:1-3:1`,
	} {
		r := results[i].(map[string]any)
		place := r["locations"].([]any)[0].(map[string]any)["physicalLocation"].(map[string]any)
		file, region := place["artifactLocation"].(map[string]any), place["region"].(map[string]any)
		base, _ := file["uriBaseId"].(string)
		got := fmt.Sprintf("%s %s %s %v:%v-%v:%v", r["level"], file["uri"], base,
			region["startLine"], region["startColumn"], region["endLine"], region["endColumn"])
		if got != want {
			t.Errorf("result %d: %s, want %s", i, got, want)
		}
	}
	if base := run["originalUriBaseIds"].(map[string]any)["SRCROOT"].(map[string]any)["uri"]; base != "file:///tree/" {
		t.Errorf("the tree is %s", base)
	}
}

func TestFileURI(t *testing.T) {
	for path, want := range map[string]string{
		"/a b/ü%":  "file:///a%20b/%C3%BC%25",
		"C:/x":     "file:///C:/x",
		"/\xff#?a": "file:///%FF%23%3Fa",
	} {
		if got := fileURI(filepath.FromSlash(path)); got != want {
			t.Errorf("%q: %s, want %s", path, got, want)
		}
	}
}

// validateSARIF holds a log against the schema of the standard, and against what the
// schema cannot say.
func validateSARIF(t *testing.T, text string) map[string]any {
	t.Helper()
	schema, err := sarifSchemaFile()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(document); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	log := document.(map[string]any)
	for _, run := range log["runs"].([]any) {
		run := run.(map[string]any)
		var ids []string
		for _, rule := range run["tool"].(map[string]any)["driver"].(map[string]any)["rules"].([]any) {
			ids = append(ids, rule.(map[string]any)["id"].(string))
		}
		if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
			t.Errorf("the rules are not each there once, sorted: %q", ids)
		}
		for base, about := range run["originalUriBaseIds"].(map[string]any) {
			if uri := about.(map[string]any)["uri"].(string); !strings.HasPrefix(uri, "file:///") || !strings.HasSuffix(uri, "/") {
				t.Errorf("base %s is %q", base, uri)
			}
		}
		fingerprints := map[any]bool{}
		for _, result := range run["results"].([]any) {
			result := result.(map[string]any)
			index, err := result["ruleIndex"].(json.Number).Int64()
			if err != nil || index < 0 || int(index) >= len(ids) || ids[index] != result["ruleId"] {
				t.Errorf("rule %v at index %v", result["ruleId"], result["ruleIndex"])
			}
			fingerprint := result["partialFingerprints"].(map[string]any)[fingerprintName]
			if fingerprints[fingerprint] {
				t.Errorf("the fingerprint %v is there twice", fingerprint)
			}
			fingerprints[fingerprint] = true
		}
	}
	return log
}

// sarifSchemaFile reads the schema that the standard comes with.
func sarifSchemaFile() (*jsonschema.Schema, error) {
	file, err := os.Open(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", document); err != nil {
		return nil, err
	}
	return compiler.Compile("sarif.json")
}

// TestSARIFSchema makes sure that the schema can refuse something.
func TestSARIFSchema(t *testing.T) {
	schema, err := sarifSchemaFile()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`{"version":"2.1.0"}`, `{"version":"2.0.0","runs":[]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{"text":"m"},"level":"fatal"}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","informationUri":"no uri"}}}]}`,
	} {
		document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(document) == nil {
			t.Errorf("valid: %s", text)
		}
	}
}

// TestSARIFOfAll writes what only some findings have: fixes, suppressions, and what
// became of them since a baseline.
func TestSARIFOfAll(t *testing.T) {
	r := sample()
	r.Findings[0].Known = true
	r.Findings[1].Suppressed = analysis.InComment
	r.Findings[2].Suppressed = analysis.InPolicy
	r.Findings[3].Fix = &Fix{Title: "Mend it", KeepsMeaning: true, Changes: []Change{
		{r.Findings[0].Place, "new\n"}, {r.Findings[1].Place, ""}, {r.Findings[2].Place, "x"},
	}}
	r.Baseline = &Baseline{Known: 1, Stale: []Stale{{File: "sub dir/Kconfig", Code: "gone", Symbol: "GONE", Text: "config GONE", Count: 1}}}
	var b strings.Builder
	if err := WriteSARIF(&b, r, "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	log := validateSARIF(t, b.String())
	var got []string
	for _, run := range log["runs"].([]any) {
		for _, result := range run.(map[string]any)["results"].([]any) {
			r := result.(map[string]any)
			line := fmt.Sprint(r["ruleId"], " ", r["level"], " ", r["baselineState"], " ", r["suppressions"])
			if fixes, ok := r["fixes"].([]any); ok {
				line += fmt.Sprintf(", a fix in %d files", len(fixes[0].(map[string]any)["artifactChanges"].([]any)))
			}
			got = append(got, line)
		}
	}
	slices.Sort(got)
	want := []string{
		"a-new-code error new [map[kind:inSource]]",
		"gone none absent <nil>",
		"missing-end note new <nil>, a fix in 2 files",
		"missing-source note new [map[kind:external]]",
		"undefined-symbol warning unchanged <nil>",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := r.Summary(); s.Errors != 0 || s.Warnings != 0 {
		t.Errorf("what is known or suppressed counts: %v", s)
	}
}
