-- The configuration of a user who has the plugin and nothing else.
vim.opt.runtimepath:append(vim.env.KCONFIG_LS_PLUGIN)
