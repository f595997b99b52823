package toolchain

import (
	"strconv"
	"strings"
)

// test is the command "test" with up to four arguments, as POSIX has it: what
// they mean depends on how many there are.
func test(e *evaluation, arguments []string, s streams) (int, error) {
	ok, err := testExpression(e, arguments)
	if err == errNoNumber {
		return 2, s.complain()
	}
	if err != nil {
		return 0, err
	}
	return statusOf(ok), nil
}

func testExpression(e *evaluation, a []string) (bool, error) {
	switch len(a) {
	case 0:
		return false, nil
	case 1:
		return a[0] != "", nil
	case 2:
		if a[0] == "!" {
			return a[1] == "", nil
		}
		return testUnary(e, a[0], a[1])
	case 3:
		if ok, known, err := testBinary(a[0], a[1], a[2]); known || err != nil {
			return ok, err
		}
		if a[0] == "!" {
			ok, err := testExpression(e, a[1:])
			return !ok, err
		}
	case 4:
		if a[0] == "!" {
			ok, err := testExpression(e, a[1:])
			return !ok, err
		}
	}
	_, err := usage("test", a)
	return false, err
}

func testUnary(e *evaluation, operator, operand string) (bool, error) {
	switch operator {
	case "-n":
		return operand != "", nil
	case "-z":
		return operand == "", nil
	case "-e", "-f", "-d", "-x", "-s":
		if operand == "" {
			return false, nil
		}
		kind, err := e.world.stat(operand)
		if err != nil {
			return false, err
		}
		switch operator {
		case "-f":
			return kind.regular, nil
		case "-d":
			return kind.directory, nil
		case "-x":
			return kind.executable, nil
		case "-s":
			return kind.exists && !kind.empty, nil
		}
		return kind.exists, nil
	}
	_, err := usage("test", []string{operator, operand})
	return false, err
}

// errNoNumber is the failure to compare what is not a number.
var errNoNumber = syntaxError("a number was expected")

func testBinary(left, operator, right string) (ok, known bool, err error) {
	switch operator {
	case "=":
		return left == right, true, nil
	case "!=":
		return left != right, true, nil
	case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
	default:
		return false, false, nil
	}
	a, err1 := strconv.ParseInt(strings.TrimSpace(left), 10, 64)
	b, err2 := strconv.ParseInt(strings.TrimSpace(right), 10, 64)
	if err1 != nil || err2 != nil {
		return false, true, errNoNumber
	}
	switch operator {
	case "-eq":
		ok = a == b
	case "-ne":
		ok = a != b
	case "-lt":
		ok = a < b
	case "-le":
		ok = a <= b
	case "-gt":
		ok = a > b
	case "-ge":
		ok = a >= b
	}
	return ok, true, nil
}
