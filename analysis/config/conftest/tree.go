package conftest

import "slices"

// form is what a node of the tree is written as.
type form int

const (
	rootForm form = iota
	configForm
	menuForm
	ifForm
	choiceForm
	commentForm
	macroForm
)

// node is a statement, with others in it if it is a block.
type node struct {
	form     form
	symbol   *symbol // of a configForm
	choice   *choice // of a choiceForm
	children []*node
	again    bool    // the symbol was defined before
	inChoice *choice // the choice it is in, at any depth
	key      float64 // the least key of what is in it
}

// makeTree puts the symbols into blocks, in the order of the text.
func (g *generator) makeTree() *node {
	root := &node{form: rootForm}
	queue := g.symbols
	if g.chance(30) {
		queue = append([]*symbol(nil), queue...)
		g.r.Shuffle(len(queue), func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	}
	if g.modules != nil && g.chance(85) {
		// As in a real tree: before all that may depend on it, and in no block.
		g.modules.early = true
		root.children = append(root.children, &node{form: configForm, symbol: g.modules})
		queue = slices.DeleteFunc(slices.Clone(queue), func(s *symbol) bool { return s == g.modules })
	}
	for len(queue) > 0 {
		queue = g.fill(root, queue, 0)
	}
	g.addDefinitions(root)
	return root
}

// fill adds statements to a block until it has enough.
func (g *generator) fill(n *node, queue []*symbol, depth int) []*symbol {
	for count := 1 + g.r.IntN(6); count > 0 && len(queue) > 0; count-- {
		roll := g.r.IntN(100)
		switch {
		case roll < 10 && depth < 4:
			child := &node{form: ifForm}
			queue = g.fill(child, queue, depth+1)
			n.children = append(n.children, child)
		case roll < 18 && depth < 4:
			child := &node{form: menuForm}
			queue = g.fill(child, queue, depth+1)
			n.children = append(n.children, child)
		case roll < 27:
			child := &node{form: choiceForm}
			queue = g.makeChoice(child, queue)
			n.children = append(n.children, child)
		case roll < 33:
			n.children = append(n.children, &node{form: commentForm})
		case roll < 35:
			n.children = append(n.children, &node{form: macroForm})
		default:
			n.children = append(n.children, &node{form: configForm, symbol: queue[0]})
			queue = queue[1:]
		}
	}
	return queue
}

// makeChoice makes the next symbols the members of a choice, except MODULES.
func (g *generator) makeChoice(n *node, queue []*symbol) []*symbol {
	c := &choice{tristate: g.old && g.chance(35)}
	if g.old && g.chance(10) {
		c.name = "CHOICE_" + queue[0].name
	}
	g.choices = append(g.choices, c)
	n.choice = c
	block := n
	for count := 1 + g.r.IntN(4); count > 0 && len(queue) > 0 && queue[0] != g.modules; count-- {
		s := queue[0]
		queue = queue[1:]
		s.choice = c
		c.members = append(c.members, s)
		s.kind = boolean
		if c.tristate && g.chance(80) {
			s.kind = tristate
		}
		if g.old && g.chance(4) {
			s.kind = pick(g, []kind{none, tristate, text, integer})
		}
		member := &node{form: configForm, symbol: s, inChoice: c}
		switch {
		case g.chance(12):
			inner := &node{form: ifForm, inChoice: c}
			block.children = append(block.children, inner)
			if inner.children = append(inner.children, member); g.chance(50) {
				block = inner
			}
		case g.chance(8):
			block.children = append(block.children, &node{form: commentForm, inChoice: c}, member)
		case g.chance(20):
			block = n
			fallthrough
		default:
			block.children = append(block.children, member)
		}
	}
	return queue
}

// addDefinitions adds further definitions of some symbols, at other places.
func (g *generator) addDefinitions(root *node) {
	var blocks []*node
	var collect func(n *node)
	collect = func(n *node) {
		if n.form != configForm && n.form != commentForm && n.form != macroForm {
			blocks = append(blocks, n)
		}
		for _, c := range n.children {
			collect(c)
		}
	}
	collect(root)
	for _, s := range g.symbols {
		for g.chance(18) && (!s.early || g.chance(15)) {
			block := pick(g, blocks)
			in := block.inChoice
			if block.form == choiceForm {
				in = block.choice
			}
			if in != nil && in != s.choice || s.choice != nil && !g.old && in == nil && g.chance(60) {
				continue
			}
			n := &node{form: configForm, symbol: s, inChoice: in}
			at := g.r.IntN(len(block.children) + 1)
			block.children = append(block.children[:at], append([]*node{n}, block.children[at:]...)...)
		}
	}
}

// orderGroups gives each symbol its place in the order of what may depend on
// what, and each block that of the first symbol in it.
func (g *generator) orderGroups(root *node) {
	place := 0.0
	var visit func(n *node)
	seen := map[*symbol]bool{}
	visit = func(n *node) {
		if n.choice != nil {
			place++
		}
		if s := n.symbol; s != nil {
			n.again = seen[s]
			if !seen[s] {
				seen[s] = true
				switch s.key = place + g.noise(); {
				case s.choice != nil:
					if s.choice.key == 0 {
						s.choice.key = s.key
					}
					s.key = s.choice.key
				case s.early:
					s.key = -100
				}
				place++
			}
		}
		for _, c := range n.children {
			visit(c)
		}
	}
	visit(root)
	var least func(n *node) float64
	least = func(n *node) float64 {
		n.key = place + 100
		if n.choice != nil {
			n.key = n.choice.key
		}
		if n.symbol != nil {
			n.key = n.symbol.key
		}
		for _, c := range n.children {
			n.key = min(n.key, least(c))
		}
		return n.key
	}
	least(root)
}

// noise makes some symbols depend on ones that the text defines later.
func (g *generator) noise() float64 {
	if g.chance(75) {
		return g.r.Float64() / 2
	}
	return g.r.Float64()*12 - 6
}
