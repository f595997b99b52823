" Uses kconfig-ls as a person would, in a Vim that was set up as the page says. run.sh
" starts it, in the example tree.

" Generous: the machine may be busy. Nothing waits longer than it must.
let s:patience = 20
let s:lines = []
let s:failed = 0

function! s:Expect(condition, what, ...) abort
    if a:condition
        call add(s:lines, 'ok     ' . a:what)
    else
        let s:failed += 1
        call add(s:lines, 'not ok ' . a:what . (a:0 ? ': got ' . string(a:1) : ''))
    endif
endfunction

" Eventually waits until a function returns something true. The other one tells what
" is there instead.
function! s:Eventually(What, what, Got) abort
    let l:start = reltime()
    let l:value = a:What()

    while empty(l:value) && reltimefloat(reltime(l:start)) < s:patience
        sleep 20m
        let l:value = a:What()
    endwhile

    if empty(l:value)
        call s:Expect(0, a:what, a:Got())
    else
        call s:Expect(1, a:what)
    endif
endfunction

function! s:Findings() abort
    return map(copy(ale#engine#GetLoclist(bufnr('%'))), 'v:val.lnum . ": " . v:val.text')
endfunction

function! s:Found(pattern) abort
    return match(s:Findings(), a:pattern) >= 0
endfunction

function! s:Open(file, filetype) abort
    execute 'edit' fnameescape(a:file)
    call s:Expect(&filetype is# a:filetype, a:file . ' has the file type ' . a:filetype, &filetype)
endfunction

" Place puts the cursor into a word on the first line that contains a text.
function! s:Place(text, word) abort
    let l:number = index(map(getline(1, '$'), 'stridx(v:val, a:text) >= 0'), 1) + 1
    call cursor(l:number, stridx(getline(l:number), a:word) + 2)
    return l:number
endfunction

" Typed tells Vim that the text has changed, which it notices by itself only while it
" waits for a key.
function! s:Typed() abort
    doautocmd TextChanged
endfunction

function! s:Mistake(what, text, old, new, pattern) abort
    let l:number = s:Place(a:text, a:old)
    call setline(l:number, substitute(getline(l:number), a:old, escape(a:new, '&'), ''))
    call s:Typed()
    call s:Eventually({-> s:Found('^' . l:number . ': .*' . a:pattern)}, a:what . ' is shown on its line', function('s:Findings'))
    let l:Signs = {-> sign_getplaced('%', {'group': '*', 'lnum': l:number})[0].signs}
    call s:Eventually(l:Signs, a:what . ' has a sign', l:Signs)
    silent undo
    call s:Typed()
    call s:Eventually({-> empty(s:Findings())}, a:what . ' is gone after undo', function('s:Findings'))
endfunction

" Fixes has ALE mend a line, by the first code action that it offers.
function! s:Fixes(text, old, new, fixed) abort
    let l:number = s:Place(a:text, a:old)
    call setline(l:number, substitute(getline(l:number), a:old, a:new, ''))
    call s:Typed()
    call s:Eventually({-> s:Found('^' . l:number . ': .*' . a:fixed)}, 'a finding says ' . a:fixed, function('s:Findings'))
    call feedkeys("1\<CR>", 't') " what will be asked for
    ALECodeAction
    call s:Eventually({-> getline(l:number) =~# a:fixed}, 'a code action mends it', {-> getline(l:number)})
endfunction

" Popup returns the text of the floating window.
function! s:Popup() abort
    return join(map(popup_list(), 'join(getbufline(winbufnr(v:val), 1, "$"), "\n")'), "\n")
endfunction

" Hover asks for a hover as long as it lacks a text.
function! s:Hover(text, word, want) abort
    call s:Place(a:text, a:word)

    function! s:Asked() abort closure
        normal K
        let l:start = reltime()

        while empty(s:Popup()) && reltimefloat(reltime(l:start)) < s:patience
            sleep 20m
        endwhile

        return stridx(s:Popup(), a:want) >= 0
    endfunction

    call s:Eventually(function('s:Asked'), printf('hover on %s says "%s"', a:word, a:want), function('s:Popup'))
    call popup_clear()
endfunction

function! s:Here() abort
    return fnamemodify(expand('%'), ':.') . ': ' . getline('.')
endfunction

function! s:Lands(text, word, place) abort
    call s:Place(a:text, a:word)
    normal gd
    call s:Eventually({-> s:Here() is# a:place}, printf('the definition of %s is "%s"', a:word, a:place), function('s:Here'))
endfunction

" Completes asks for completion three characters into a word. ALE takes an answer in
" insert mode only.
function! s:Completes(text, word, want) abort
    let l:Words = {-> map(copy(ale#completion#GetCompletionResult() ?? []), 'v:val.word')}

    function! ScenarioAsk() abort closure
        call ale#completion#OmniFunc(1, '')
        call s:Eventually({-> index(l:Words(), a:want) >= 0}, 'completion knows ' . a:want, l:Words)
        return ''
    endfunction

    call s:Place(a:text, a:word)
    call feedkeys("la\<C-r>=ScenarioAsk()\<CR>\<Esc>", 'tx')
endfunction

function! s:Run() abort
    call add(s:lines, printf('=== Vim %d.%d.%d, ALE', v:version / 100, v:version % 100, v:versionlong % 10000))
    call s:Open('drivers/net/Kconfig', 'kconfig')
    call s:Mistake('an undefined symbol', 'depends on PCI && HAS_DMA', 'HAS_DMA', 'HAS_DAM', 'HAS_DAM')
    call s:Mistake('a syntax error', 'depends on PCI && HAS_DMA', '&&', '&& &&', '.')
    call s:Fixes('depends on PCI && HAS_DMA', 'HAS_DMA', 'HAS_DAM', 'HAS_DMA')
    call s:Hover('depends on PCI && HAS_DMA', 'PCI', 'PCI support')
    call s:Lands('depends on PCI && HAS_DMA', 'PCI', 'arch/x86/Kconfig: config PCI')
    call s:Open('drivers/net/Kconfig', 'kconfig')
    call s:Completes('select CRC32', 'CRC32', 'CRC32')

    " A symbol that cannot be on without Rust.
    call s:Open('samples/rust/Kconfig', 'kconfig')
    call s:Hover('config SAMPLE_RUST_MINIMAL', 'SAMPLE_RUST_MINIMAL', 'RUST_IS_AVAILABLE')

    " A configuration.
    call s:Open('.config', 'kconfig-config')
    call s:Eventually({-> s:Found('^4: .*512')}, 'a value out of range is shown in .config', function('s:Findings'))
    call s:Eventually({-> s:Found('^5: .*needs .\?RUST')}, 'a line that has no effect is shown in .config', function('s:Findings'))
    call s:Lands('CONFIG_HERON_ETH=m', 'HERON_ETH', 'drivers/net/Kconfig: config HERON_ETH')

    " Other programs have files of the same names.
    for [l:name, l:lines, l:want] in [
    \   ['tiny.config', ['# Small', '', 'CONFIG_NET=y'], 'kconfig-config'],
    \   ['off.config', ['# CONFIG_NET is not set'], 'kconfig-config'],
    \   ['new.config', [], 'kconfig-config'],
    \   ['prj_release.conf', ['CONFIG_NET=y'], 'kconfig-config'],
    \   ['my_defconfig', ['anything'], 'kconfig-config'],
    \   ['Web.config', ['<?xml version="1.0"?>', '<configuration/>'], 'xml'],
    \]
        call writefile(l:lines, l:name)
        execute 'edit' l:name
        call s:Expect(&filetype is# l:want, printf('%s with %s has the file type %s', l:name, string(l:lines), l:want), &filetype)
        bwipeout!
    endfor

    " Rename goes through all files.
    buffer drivers/net/Kconfig
    call s:Place('config HERON_ETH_DEBUG', 'HERON_ETH_DEBUG')
    call feedkeys(":ALERename\<CR>\<C-u>HERON_ETH_TALK\<CR>", 'tx')
    call s:Eventually({-> search('^config HERON_ETH_TALK$', 'nw')}, 'rename changes the definition', {-> getline(1, '$')})
endfunction

" Settings sees that the settings of the page, which are for arm64, come to the server.
function! s:Settings() abort
    call s:Open('drivers/net/Kconfig', 'kconfig')
    call s:Hover('depends on PCI && HAS_DMA', 'PCI', 'PCI support')
    call s:Lands('depends on PCI && HAS_DMA', 'PCI', 'arch/arm64/Kconfig: config PCI')
endfunction

try
    if empty(get(g:, 'ale_kconfig_ls_settings', {}))
        call s:Run()
    else
        call s:Settings()
    endif
catch
    call s:Expect(0, 'the run goes to its end', v:exception . ' at ' . v:throwpoint)
endtry

call writefile(s:lines, $KCONFIG_LS_RESULT)
execute s:failed ? 'cquit!' : 'quitall!'
