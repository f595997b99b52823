package report

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestSARIF checks what the standard requires of a log (sarif-schema-2.1.0.json)
// as far as ours uses it, and what it says.
func TestSARIF(t *testing.T) {
	var b strings.Builder
	if err := WriteSARIF(&b, sample(), "v1.2.3"); err != nil {
		t.Fatal(err)
	}
	var log map[string]any
	if err := json.Unmarshal([]byte(b.String()), &log); err != nil {
		t.Fatal(err)
	}
	v := sarifValidator{t}
	v.log(log)

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

// sarifValidator reports what is missing in a log.
type sarifValidator struct{ *testing.T }

func (v sarifValidator) log(log map[string]any) {
	if log["version"] != "2.1.0" || !strings.Contains(v.text(log, "$schema"), "sarif-2.1.0") {
		v.Errorf("version %v, schema %v", log["version"], log["$schema"])
	}
	for _, run := range v.list(log, "runs") {
		driver := v.object(v.object(run, "tool"), "driver")
		v.text(driver, "name")
		v.text(driver, "version")
		v.uri(driver, "informationUri")
		var ids []string
		for _, rule := range v.list(driver, "rules") {
			ids = append(ids, v.text(rule, "id"))
			v.uri(rule, "helpUri")
		}
		if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
			v.Errorf("the rules are not each there once, sorted: %q", ids)
		}
		if kind := run["columnKind"]; kind != "unicodeCodePoints" && kind != "utf16CodeUnits" {
			v.Errorf("columnKind %v", kind)
		}
		for _, base := range v.object(run, "originalUriBaseIds") {
			if uri := v.text(base.(map[string]any), "uri"); !strings.HasPrefix(uri, "file:///") || !strings.HasSuffix(uri, "/") {
				v.Errorf("base %q", uri)
			}
		}
		for _, invocation := range v.list(run, "invocations") {
			if invocation["executionSuccessful"] != true {
				v.Error("executionSuccessful is not true")
			}
		}
		for _, result := range v.list(run, "results") {
			v.result(result, ids, v.object(run, "originalUriBaseIds"))
		}
	}
}

func (v sarifValidator) result(result map[string]any, ids []string, bases map[string]any) {
	index := int(result["ruleIndex"].(float64))
	if index < 0 || index >= len(ids) || ids[index] != v.text(result, "ruleId") {
		v.Errorf("rule %v at index %d", result["ruleId"], index)
	}
	if level := result["level"]; level != "error" && level != "warning" && level != "note" {
		v.Errorf("level %v", level)
	}
	v.text(v.object(result, "message"), "text")
	locations := v.list(result, "locations")
	if len(locations) != 1 {
		v.Errorf("%d locations", len(locations))
	}
	if _, ok := result["relatedLocations"]; ok {
		for _, related := range v.list(result, "relatedLocations") {
			v.text(v.object(related, "message"), "text")
			locations = append(locations, related)
		}
	}
	for _, location := range locations {
		place := v.object(location, "physicalLocation")
		file, region := v.object(place, "artifactLocation"), v.object(place, "region")
		uri := v.text(file, "uri")
		if base, ok := file["uriBaseId"].(string); ok == strings.HasPrefix(uri, "file:") || ok && bases[base] == nil {
			v.Errorf("%s relative to %q", uri, base)
		}
		if strings.ContainsAny(uri, " \\") {
			v.Errorf("%q is no URI", uri)
		}
		for _, name := range []string{"startLine", "startColumn", "endLine", "endColumn"} {
			if n, ok := region[name].(float64); !ok || n < 1 {
				v.Errorf("%s is %v", name, region[name])
			}
		}
	}
}

func (v sarifValidator) object(in map[string]any, name string) map[string]any {
	v.Helper()
	out, ok := in[name].(map[string]any)
	if !ok {
		v.Fatalf("%s is no object in %v", name, in)
	}
	return out
}

func (v sarifValidator) list(in map[string]any, name string) []map[string]any {
	v.Helper()
	list, ok := in[name].([]any)
	if !ok {
		v.Fatalf("%s is no array in %v", name, in)
	}
	var out []map[string]any
	for _, element := range list {
		out = append(out, element.(map[string]any))
	}
	return out
}

func (v sarifValidator) text(in map[string]any, name string) string {
	v.Helper()
	text, _ := in[name].(string)
	if text == "" {
		v.Fatalf("%s is no text in %v", name, in)
	}
	return text
}

func (v sarifValidator) uri(in map[string]any, name string) {
	v.Helper()
	if uri := v.text(in, name); !strings.HasPrefix(uri, "https://github.com/kconfig-ls/kconfig-ls") {
		v.Errorf("%s is %s", name, uri)
	}
}
