" Configurations: lines that set symbols, and comments that turn them off.
if exists('b:current_syntax')
    finish
endif

syntax match kconfigConfigSymbol /^CONFIG_\w\+\ze=/
syntax match kconfigConfigValue /=\zs\%([nmy]\|-\?\d\+\|0[xX]\x\+\)$/
syntax region kconfigConfigString start=/"/ skip=/\\./ end=/"/ oneline
syntax match kconfigConfigComment /^#.*/ contains=kconfigConfigOff
syntax match kconfigConfigOff /\%(^# \)\@2<=CONFIG_\w\+\ze is not set$/ contained

highlight default link kconfigConfigSymbol Identifier
highlight default link kconfigConfigValue Constant
highlight default link kconfigConfigString String
highlight default link kconfigConfigComment Comment
highlight default link kconfigConfigOff Special

let b:current_syntax = 'kconfig-config'
