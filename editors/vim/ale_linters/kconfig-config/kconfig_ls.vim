" Description: kconfig-ls for what Kconfig writes: .config, defconfigs and fragments.

call ale#linter#Define('kconfig-config', kconfig_ls#ale#Linter('kconfig-config'))
