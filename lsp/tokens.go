package lsp

import (
	"context"
	"strconv"
	"sync"

	"github.com/kconfig-ls/kconfig-ls/analysis"
	"github.com/kconfig-ls/kconfig-ls/lsp/protocol"
)

// maxTokenAnswers bounds the tokens that are remembered. Editors ask for the
// documents that they show.
const maxTokenAnswers = 64

// tokenCache keeps the last tokens that were sent for each document, to tell a
// client only what has changed. Losing an entry costs a full answer.
type tokenCache struct {
	mu   sync.Mutex
	next int
	sent map[string]sentTokens // by path
}

type sentTokens struct {
	number int // grows with each answer
	data   protocol.TokenData
}

// keep remembers an answer and returns its id.
func (c *tokenCache) keep(path string, data protocol.TokenData) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sent == nil {
		c.sent = map[string]sentTokens{}
	}
	c.next++
	c.sent[path] = sentTokens{c.next, data}
	if len(c.sent) > maxTokenAnswers {
		oldest, number := "", c.next
		for path, sent := range c.sent {
			if sent.number < number {
				oldest, number = path, sent.number
			}
		}
		delete(c.sent, oldest)
	}
	return strconv.Itoa(c.next)
}

// get returns the data of an earlier answer, if it is the last one.
func (c *tokenCache) get(path, id string) (protocol.TokenData, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	sent, ok := c.sent[path]
	return sent.data, ok && strconv.Itoa(sent.number) == id
}

func (c *tokenCache) forget(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sent, path)
}

func (s *server) semanticTokensFull(ctx context.Context, snap *analysis.Snapshot, p *protocol.SemanticTokensParams) (*protocol.SemanticTokens, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	data := d.tokenData(0, d.text.Size())
	return &protocol.SemanticTokens{ResultID: s.tokens.keep(d.path, data), Data: data}, nil
}

func (s *server) semanticTokensRange(ctx context.Context, snap *analysis.Snapshot, p *protocol.SemanticTokensRangeParams) (*protocol.SemanticTokens, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	return &protocol.SemanticTokens{Data: d.tokenData(d.offset(p.Range.Start), d.offset(p.Range.End))}, nil
}

// semanticTokensDelta answers with what changed since an answer that the client
// still has, or with everything.
func (s *server) semanticTokensDelta(ctx context.Context, snap *analysis.Snapshot, p *protocol.SemanticTokensDeltaParams) (any, error) {
	d, ok := s.document(ctx, snap, p.TextDocument)
	if !ok {
		return nil, nil
	}
	before, known := s.tokens.get(d.path, p.PreviousResultID)
	data := d.tokenData(0, d.text.Size())
	id := s.tokens.keep(d.path, data)
	if !known {
		return &protocol.SemanticTokens{ResultID: id, Data: data}, nil
	}
	return &protocol.SemanticTokensDelta{ResultID: id, Edits: tokenEdits(before, data)}, nil
}

// tokenEdits returns the one edit that turns old data into new: what lies
// between their common beginning and their common end.
func tokenEdits(before, after protocol.TokenData) []protocol.SemanticTokensEdit {
	start := 0
	for start < len(before) && start < len(after) && before[start] == after[start] {
		start++
	}
	end := 0
	for end < len(before)-start && end < len(after)-start && before[len(before)-1-end] == after[len(after)-1-end] {
		end++
	}
	if start == len(before) && start == len(after) {
		return nil
	}
	return []protocol.SemanticTokensEdit{{
		Start: uint32(start), DeleteCount: uint32(len(before) - start - end), Data: after[start : len(after)-end],
	}}
}

// tokenData encodes the tokens between two offsets as differences to the token
// before.
func (d document) tokenData(start, end int) protocol.TokenData {
	tokens := analysis.Tokens(d.Snapshot, d.path, start, end)
	data := make(protocol.TokenData, 0, 5*len(tokens))
	var last protocol.Position
	for _, token := range tokens {
		span := d.span(token.Start, token.End)
		if span.End.Line != span.Start.Line || span.End.Character <= span.Start.Character {
			continue // nothing of it is to be seen on this line
		}
		character := span.Start.Character
		if span.Start.Line == last.Line {
			character -= last.Character
		}
		data = append(data, span.Start.Line-last.Line, character,
			span.End.Character-span.Start.Character, uint32(token.Type), uint32(token.Modifiers))
		last = span.Start
	}
	return data
}
