" Description: What ALE has to know of the language server kconfig-ls.

" The name or path of the program.
call ale#Set('kconfig_ls_executable', 'kconfig-ls')
" Settings that the server gets when it starts, such as {'trust': 'probe', 'arch': 'arm64'}.
call ale#Set('kconfig_ls_settings', {})

" Linter describes the server for files of a language.
function! kconfig_ls#ale#Linter(language) abort
    return {
    \   'name': 'kconfig_ls',
    \   'aliases': ['kconfig-ls'],
    \   'lsp': 'stdio',
    \   'language': a:language,
    \   'executable': {buffer -> ale#Var(buffer, 'kconfig_ls_executable')},
    \   'command': '%e serve',
    \   'project_root': function('kconfig_ls#ale#ProjectRoot'),
    \   'initialization_options': {buffer -> ale#Var(buffer, 'kconfig_ls_settings')},
    \}
endfunction

" ProjectRoot returns the checkout that the file of a buffer is in, or else the
" outermost directory with a Kconfig file around it. ALE starts one server for each.
" The server finds the trees of Kconfig files in it by itself.
function! kconfig_ls#ale#ProjectRoot(buffer) abort
    let l:directory = fnamemodify(bufname(a:buffer), ':p:h')
    let l:root = l:directory

    while 1
        if isdirectory(l:directory . '/.git') || filereadable(l:directory . '/.git')
            return l:directory
        endif

        if filereadable(l:directory . '/Kconfig') || filereadable(l:directory . '/Config.in')
            let l:root = l:directory
        endif

        let l:parent = fnamemodify(l:directory, ':h')

        if l:parent is# l:directory
            return l:root
        endif

        let l:directory = l:parent
    endwhile
endfunction
