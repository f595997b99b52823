" Description: kconfig-ls, a language server for Kconfig files.

call ale#linter#Define('kconfig', kconfig_ls#ale#Linter('kconfig'))
