// Package config computes what the kernel's conf computes: the values of all
// symbols under a configuration, and the configuration files that follow.
//
// [Parse] takes a configuration file apart, line by line; [Read] makes user
// values of it, as conf_read in scripts/kconfig/confdata.c does. [Evaluate]
// gives the values of all symbols of a model under user values, as
// sym_calc_value in scripts/kconfig/symbol.c; [Evaluation.Set] changes one of
// them, and evaluates again what depends on it. [Write] and [WriteMinimal] give
// the text of a .config and of a defconfig. [Run] does what one run of conf
// does, from the mode and the input file to the output.
//
// A value may be unknown, because it hangs on what a tool would say that was
// not asked. Then it is the set of the values it can have, and the causes.
// Nothing is guessed: what does not depend on the tool is known.
//
// The rules follow the tree at hand (see [Rules]). The package reads no files
// and asks no tools.
package config
