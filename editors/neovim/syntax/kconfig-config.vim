" Vim syntax file
" Language: configurations that Kconfig reads and writes: .config, defconfig ...

if exists('b:current_syntax')
  finish
endif

syn match kconfigConfigComment '^\s*#.*$' contains=kconfigConfigHeading,kconfigConfigTodo
syn match kconfigConfigHeading '^# \zs.\+\ze$' contained contains=kconfigConfigTodo
syn keyword kconfigConfigTodo TODO FIXME XXX contained
syn match kconfigConfigUnset '^# \w\+ is not set$' contains=kconfigConfigOff
syn match kconfigConfigOff '\<is not set$' contained
syn match kconfigConfigSymbol '^\s*\w\+\ze=' nextgroup=kconfigConfigEqual
syn match kconfigConfigEqual '=' contained nextgroup=kconfigConfigTristate,kconfigConfigNumber,kconfigConfigString
syn match kconfigConfigTristate '[ymn]\s*$' contained
syn match kconfigConfigNumber '-\?\%(0[xX]\x\+\|\d\+\)\s*$' contained
syn region kconfigConfigString start='"' skip='\\.' end='"' oneline contained

hi def link kconfigConfigComment Comment
hi def link kconfigConfigHeading Comment
hi def link kconfigConfigTodo Todo
hi def link kconfigConfigUnset Comment
hi def link kconfigConfigOff Special
hi def link kconfigConfigSymbol Identifier
hi def link kconfigConfigEqual Operator
hi def link kconfigConfigTristate Boolean
hi def link kconfigConfigNumber Number
hi def link kconfigConfigString String

let b:current_syntax = 'kconfig-config'
