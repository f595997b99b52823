" File types by name: Vim knows Kconfig and Kconfig.* only. "set filetype" and not
" "setfiletype", for Vim takes some of these names for something else.
autocmd BufNewFile,BufRead Kconfig,Kconfig[-_.]*,*.kconfig,Config.in,Config.in.*,Config-*.in,Config.src
    \ set filetype=kconfig
autocmd BufNewFile,BufRead .config,.config.old,.kunitconfig,defconfig,*_defconfig,prj.conf
    \ set filetype=kconfig-config
autocmd BufNewFile,BufRead sdkconfig,sdkconfig.old,sdkconfig.defaults*,sdkconfig.ci*
    \ set filetype=kconfig-config
" Other programs have files of these names, too: lines tell.
autocmd BufNewFile,BufRead *.config,prj*.conf,overlay*.conf,*/boards/*.conf
    \ if kconfig_ls#filetype#IsConfiguration() | set filetype=kconfig-config | endif
