package inputs

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEnvironment(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       map[string]string
		err        string
	}{
		{"empty object", "{}", map[string]string{}, ""},
		{"values", "{\"A\": \"1\", \"B\": \"{srctree}\\n\", \"C\": \"\"}\n", map[string]string{"A": "1", "B": "{srctree}\n", "C": ""}, ""},
		{"empty", "", nil, "f:1: the JSON text ends too early"},
		{"not JSON", "{\n\"A\": x}", nil, "f:2: this is not JSON: "},
		{"no object", "\n[]", nil, "f:2: expected a JSON object"},
		{"null", "null", nil, "f:1: expected a JSON object"},
		{"object as value", "{\"A\":\n{}}", nil, `f:2: the value of "A" must be a string`},
		{"null as value", "{\"A\": null}", nil, `f:1: the value of "A" must be a string`},
		{"no name", "{\"\": \"\"}", nil, `f:1: "" cannot be the name`},
		{"bad name", "{\"A=B\": \"\"}", nil, `f:1: "A=B" cannot be the name`},
		{"twice", "{\"A\": \"\",\n\"A\": \"\"}", nil, `f:2: "A" is given twice`},
		{"not closed", "{\"A\": \"\"", nil, "f:1: the JSON text ends too early"},
		{"more", "{}\n{}", nil, "f:2: there is something behind"},
	} {
		got, err := parseEnvironment("f", []byte(test.text))
		if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.HasPrefix(err.Error(), test.err)) || !maps.Equal(got, test.want) {
			t.Errorf("%s: %q, %v; want %q, %s", test.name, got, err, test.want, test.err)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []Answer
		err        string
	}{
		{"nothing", "", []Answer{}, ""},
		{"lines", "{\"cmd\": \"a\", \"out\": \"\"}\r\n\n{\"out\": \"y\\n\", \"cmd\": \"b\", \"more\": 1}", []Answer{{"a", ""}, {"b", "y\n"}}, ""},
		{"not JSON", "\n{\"cmd\"", nil, "f:2: this is not JSON: "},
		{"no object", "[]", nil, `f:1: expected an object with the strings "cmd" and "out"`},
		{"number", "{\"cmd\": \"a\", \"out\": 1}", nil, `f:1: expected an object with the strings "cmd" and "out"`},
		{"no output", "{\"cmd\": \"a\"}", nil, `f:1: expected an object with the strings "cmd" and "out"`},
		{"two on a line", "{\"cmd\": \"a\", \"out\": \"\"} {}", nil, "f:1: this is not JSON: "},
	} {
		got, err := parseAnswers("f", []byte(test.text))
		if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.HasPrefix(err.Error(), test.err)) || !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, %v; want %q, %s", test.name, got, err, test.want, test.err)
		}
	}
}

func TestRecorded(t *testing.T) {
	if Recorded(nil, "/tree") != nil {
		t.Error("no answers are answers")
	}
	answers := Recorded([]Answer{{"{srctree}/run.sh", "{srctree}"}}, "/tree")
	if out, known := answers.Shell("/tree/run.sh"); out != "/tree" || !known {
		t.Errorf("%q, %t", out, known)
	}
	if _, known := Recorded([]Answer{}, "/tree").Shell("x"); known {
		t.Error("an empty recording knows an answer")
	}
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadEnvironment(dir); err == nil || !strings.HasPrefix(err.Error(), dir+" cannot be read: ") {
		t.Errorf("directory: %v", err)
	}
	marked := filepath.Join(dir, "marked")
	if err := os.WriteFile(marked, []byte("\ufeff{\"A\": \"1\"}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadEnvironment(marked); err != nil || got["A"] != "1" {
		t.Errorf("byte order mark: %q, %v", got, err)
	}
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, maxSize+1); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadAnswers(large); err == nil || !strings.Contains(err.Error(), "at most 64 MiB are read") {
		t.Errorf("large file: %v", err)
	}
}
