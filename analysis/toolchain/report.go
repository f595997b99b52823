package toolchain

// Report is what is known of the tools of a tree, and what the tree asks, as
// commands and requests show it in JSON. Its members stay as they are while
// Version is 1.
type Report struct {
	Version   int                `json:"version"`
	Trust     string             `json:"trust"`
	Tools     []ReportedTool     `json:"tools"`
	Questions []ReportedQuestion `json:"questions"`
}

// ReportedTool is a [Tool] in a report.
type ReportedTool struct {
	Variable string `json:"variable"`
	Command  string `json:"command"`
	// State is not-looked-for, missing, refused or found.
	State   string `json:"state"`
	Path    string `json:"path,omitempty"`
	Version string `json:"version,omitempty"`
	Number  int    `json:"number,omitempty"`
	// Reason says why the version is not known.
	Reason string `json:"reason,omitempty"`
}

// ReportedQuestion is a [Question] in a report.
type ReportedQuestion struct {
	Command string `json:"command"`
	// Output is what the command prints, null if that is not known.
	Output *string `json:"output"`
	Known  bool    `json:"known"`
	// Source is recorded, pure, config, cache, probe, shell or unanswered.
	Source string `json:"source"`
	Reason string `json:"reason,omitempty"`
}

// NewReport makes a report. The order of tools and questions is kept.
func NewReport(trust Trust, tools []Tool, questions []Question) Report {
	r := Report{Version: 1, Trust: trust.String(), Tools: []ReportedTool{}, Questions: []ReportedQuestion{}}
	for _, t := range tools {
		r.Tools = append(r.Tools, ReportedTool{
			Variable: t.Variable, Command: t.Command, State: t.State.String(), Path: t.Path,
			Version: t.Version, Number: t.Number, Reason: t.Reason.String(),
		})
	}
	for _, q := range questions {
		reported := ReportedQuestion{
			Command: q.Command, Known: q.Answer.Known, Source: q.Answer.Source.String(), Reason: q.Answer.Reason.String(),
		}
		if q.Answer.Known {
			reported.Output = &q.Answer.Output
		}
		r.Questions = append(r.Questions, reported)
	}
	return r
}
