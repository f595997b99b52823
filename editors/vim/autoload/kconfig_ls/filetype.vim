" Description: Which files are configurations.

" IsConfiguration reports whether the first line of the buffer that is no comment is one
" of a configuration, or there is none.
function! kconfig_ls#filetype#IsConfiguration() abort
    for l:line in getline(1, 100)
        if l:line =~# '^\s*CONFIG_\w\+=' || l:line =~# '^# CONFIG_\w\+ is not set$'
            return 1
        elseif l:line !~# '^\s*#' && l:line =~# '\S'
            return 0
        endif
    endfor

    return wordcount().bytes <= 1
endfunction
