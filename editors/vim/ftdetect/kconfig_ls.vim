" File types by name: Vim knows Kconfig and Kconfig.* only. "set filetype" and not
" "setfiletype", for Vim takes some of these names for something else.
autocmd BufNewFile,BufRead Kconfig,Kconfig[-_.]*,*.kconfig,Config.in,Config.in.*,Config-*.in,Config.src
    \ set filetype=kconfig
autocmd BufNewFile,BufRead .config,*.config,.config.old,.kunitconfig,defconfig,*_defconfig
    \ set filetype=kconfig-config
autocmd BufNewFile,BufRead sdkconfig,sdkconfig.old,sdkconfig.defaults*,sdkconfig.ci*
    \ set filetype=kconfig-config
autocmd BufNewFile,BufRead prj*.conf,overlay*.conf,*/boards/*.conf
    \ set filetype=kconfig-config
