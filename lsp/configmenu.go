package lsp

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/analysis/expr"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
	"github.com/kconfig-ls/kconfig-ls/parser"
)

// The methods of our own about configurations. docs/protocol.md describes them.
const (
	methodMenu = "kconfig/menu"
	methodSet  = "kconfig/set"
	methodSave = "kconfig/save"
)

// configurationVersion is the version of what these methods take and give.
// Members may be added without a new one.
const configurationVersion = 1

// configurationParams name a configuration of a tree.
type configurationParams struct {
	// TextDocument is any file of the tree, Root its directory. Both may be
	// absent if there is one tree only.
	TextDocument *protocol.TextDocumentIdentifier `json:"textDocument"`
	Root         protocol.DocumentURI             `json:"root"`
	// Arch is the architecture, absent for that of the current view.
	Arch string `json:"arch"`
	// Config is the configuration file, absent for the tree's .config.
	Config protocol.DocumentURI `json:"config"`
}

// configurationHead is what all answers about configurations begin with.
type configurationHead struct {
	Version int                  `json:"version"`
	Root    protocol.DocumentURI `json:"root"` // of the directory
	Arch    string               `json:"arch"`
	Config  configFile           `json:"config"`
}

// configFile is a configuration file.
type configFile struct {
	URI    protocol.DocumentURI `json:"uri"`
	Exists bool                 `json:"exists"`
}

// menuParams ask for a part of a menu.
type menuParams struct {
	configurationParams
	Node  string `json:"node"`
	Depth *int   `json:"depth"`
	// Changes are those that are not saved: values are the ones under them.
	Changes []configChange `json:"changes"`
	// Brief leaves out what only somebody wants who looks at one entry.
	Brief bool `json:"brief"`
}

// menuResult answers kconfig/menu.
type menuResult struct {
	configurationHead
	Node menuItem `json:"node"`
}

// menuItem is an entry of a menu. Members that do not apply are absent.
type menuItem struct {
	ID          string             `json:"id"`
	Kind        string             `json:"kind"`
	Symbol      string             `json:"symbol,omitempty"`
	Prompt      *string            `json:"prompt,omitempty"`
	Type        string             `json:"type,omitempty"`
	Value       *string            `json:"value,omitempty"`
	Known       bool               `json:"known"`
	Causes      []string           `json:"causes,omitempty"`
	Visibility  string             `json:"visibility"`
	VisibleDue  []string           `json:"visibilityCauses,omitempty"`
	Shown       bool               `json:"shown"`
	Assignable  []string           `json:"assignable,omitempty"`
	Range       []string           `json:"range,omitempty"`
	Choices     []menuMember       `json:"choices,omitempty"`
	Help        string             `json:"help,omitempty"`
	HasChildren bool               `json:"hasChildren"`
	Changeable  bool               `json:"changeable"`
	WhyNot      string             `json:"whyNot,omitempty"`
	Place       *protocol.Location `json:"place,omitempty"`
	Children    []menuItem         `json:"children,omitempty"`
}

// menuMember is a member of a choice.
type menuMember struct {
	Symbol     string   `json:"symbol"`
	Prompt     string   `json:"prompt"`
	Value      *string  `json:"value,omitempty"`
	Known      bool     `json:"known"`
	Causes     []string `json:"causes,omitempty"`
	Visibility string   `json:"visibility"`
}

// configuration returns the configuration that parameters name, after waiting
// for its tree to load.
func (s *server) configuration(ctx context.Context, snap *analysis.Snapshot, p configurationParams) (*analysis.Snapshot, analysis.Configuration, error) {
	settled, err := s.workspace.Settled(ctx, snap)
	if err != nil {
		return nil, analysis.Configuration{}, err
	}
	c := analysis.Configuration{}
	switch roots := settled.Roots(); {
	case p.TextDocument != nil:
		c.Root = settled.Tree(documentPath(p.TextDocument.URI))
	case p.Root != "":
		c.Root = settled.Root(filepath.Clean(documentPath(p.Root)))
	case len(roots) == 1:
		c.Root = roots[0]
	}
	if c.Root == nil {
		return nil, c, protocol.Errorf(protocol.InvalidParams, "the request names no Kconfig tree that is loaded")
	}
	if p.Arch != "" {
		arch, ok := c.Root.ArchNamed(p.Arch)
		if !ok {
			return nil, c, protocol.Errorf(protocol.InvalidParams, "the tree in %s has no architecture %q; it has %v", c.Root.Dir, p.Arch, c.Root.Archs())
		}
		c.Arch = arch
	}
	if p.Config != "" {
		path, err := p.Config.Path()
		if err != nil {
			return nil, c, protocol.Errorf(protocol.InvalidParams, "%q is no file: %v", p.Config, err)
		}
		c.Path = filepath.Clean(path)
	}
	return settled, c, nil
}

// head returns what an answer about a configuration begins with.
func (s *server) head(c analysis.Configuration, arch, path string, exists bool) configurationHead {
	return configurationHead{configurationVersion, protocol.URIFromPath(c.Root.Dir), arch, configFile{documentURI(path), exists}}
}

func (s *server) menu(ctx context.Context, snap *analysis.Snapshot, p *menuParams) (*menuResult, error) {
	settled, c, err := s.configuration(ctx, snap, p.configurationParams)
	if err != nil {
		return nil, err
	}
	depth := 1
	if p.Depth != nil {
		depth = *p.Depth
	}
	menu, err := analysis.ListMenu(settled, c, analysis.MenuQuery{Node: p.Node, Depth: depth, Changes: configChanges(p.Changes), Brief: p.Brief})
	if err != nil {
		return nil, configurationError(err)
	}
	m := document{Snapshot: settled, mapper: mapper{encoding: s.caps.PositionEncoding}, server: s}.mappers()
	return &menuResult{s.head(c, menu.Arch, menu.Path, menu.Exists), m.menuItem(menu.Node)}, nil
}

// configurationError returns an error with the code that clients see.
func configurationError(err error) error {
	switch {
	case errors.Is(err, analysis.ErrStaleNode):
		return &protocol.Error{Code: protocol.RequestFailed, Message: err.Error(), Data: protocol.RawData(map[string]string{"reason": "stale-node"})}
	case errors.Is(err, analysis.ErrNoNode):
		return protocol.Errorf(protocol.InvalidParams, "%s", err)
	}
	return protocol.Errorf(protocol.RequestFailed, "%s", err)
}

func (m mappers) menuItem(item analysis.MenuItem) menuItem {
	converted := menuItem{
		ID: item.ID, Kind: menuKind(item.Kind), Symbol: item.Symbol, Type: item.Type, Known: item.Type == "" || item.Value.Known,
		Causes: item.Value.Causes, Visibility: tristateText(item.Visible), VisibleDue: item.VisibleCauses, Shown: item.Shown,
		Assignable: item.Assignable, Help: item.Help, HasChildren: item.HasChildren, Changeable: item.Changeable, WhyNot: item.WhyNot,
	}
	if item.HasPrompt {
		converted.Prompt = &item.Prompt
	}
	if item.Type != "" {
		converted.Value = valueText(item.Value)
	}
	if item.HasRange {
		converted.Range = []string{item.Low, item.High}
	}
	for _, member := range item.Members {
		converted.Choices = append(converted.Choices, menuMember{
			member.Symbol, member.Prompt, valueText(member.Value), member.Value.Known, member.Value.Causes, tristateText(member.Visible),
		})
	}
	if item.Place.Path != "" {
		place := m.location(item.Place)
		converted.Place = &place
	}
	for _, child := range item.Children { // analysis bounds the depth
		converted.Children = append(converted.Children, m.menuItem(child))
	}
	return converted
}

func menuKind(kind parser.StatementKind) string {
	switch kind {
	case parser.Mainmenu:
		return "root"
	case parser.Menu:
		return "menu"
	case parser.Menuconfig:
		return "menuconfig"
	case parser.Choice:
		return "choice"
	case parser.MenuComment:
		return "comment"
	}
	return "config"
}

// tristateText returns n, m or y, or "?" for what is not known.
func tristateText(t expr.Tristate) string {
	if !t.Known() {
		return "?"
	}
	return t.String()
}

// valueText returns a value that is known.
func valueText(v analysis.Value) *string {
	if !v.Known {
		return nil
	}
	return &v.Text
}
