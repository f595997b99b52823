;;; scenario.el --- Uses kconfig-ls as a person would  -*- lexical-binding: t; -*-

;; run.sh loads it after the lines that the page tells people to write.

;;; Code:

(require 'flymake)
(require 'xref)
(require 'imenu)

(defvar scenario-tree default-directory) ; run.sh goes there
(defvar scenario-client (intern (getenv "KCONFIG_LS_CLIENT")))
;; Generous: the machine may be busy.  Nothing waits longer than it must.
(defvar scenario-patience 20)
(defvar scenario-failed nil)

(defun scenario-say (format &rest arguments)
  "Print a line made of FORMAT and ARGUMENTS."
  (princ (concat (apply #'format format arguments) "\n")))

(defun scenario-expect (condition what &optional got)
  "Say that WHAT is so if CONDITION is non-nil, else that it is not, and GOT."
  (if condition
      (scenario-say "ok     %s" what)
    (setq scenario-failed t)
    (scenario-say "not ok %s%s" what (if got (format ": got %S" got) "")))
  condition)

(defun scenario-idle ()
  "Do what Emacs does when nobody types, which it never does by itself in batch."
  (mapc #'timer-event-handler (copy-sequence timer-idle-list)))

(defun scenario-wait (predicate)
  "Wait until PREDICATE returns non-nil, and return that, or nil if it never does."
  (let ((deadline (time-add nil scenario-patience)) value)
    (while (and (not (setq value (funcall predicate)))
                (time-less-p nil deadline))
      (scenario-idle)
      (accept-process-output nil 0.05))
    value))

(defun scenario-eventually (predicate what &optional got)
  "Expect that PREDICATE becomes non-nil: WHAT.  GOT tells what is there instead."
  (let ((value (scenario-wait predicate)))
    (scenario-expect value what (and (not value) got (funcall got)))
    value))

;;;; The client

(defun scenario-served-p ()
  "Return whether the server has this buffer."
  (pcase scenario-client
    ('eglot (and (fboundp 'eglot-current-server) (eglot-current-server)))
    ('lsp-mode (and (bound-and-true-p lsp-mode) (lsp-workspaces)
                    (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))))

(defun scenario-open (file mode)
  "Visit FILE of the tree and wait for the server.  It must come up in MODE."
  (find-file (expand-file-name file scenario-tree))
  (buffer-enable-undo)
  (scenario-expect (eq major-mode mode) (format "%s is opened in %s" file mode) major-mode)
  (run-hooks 'post-command-hook) ; what Emacs does after each command of a person
  (scenario-eventually #'scenario-served-p (format "the server has %s" file))
  (run-hooks 'post-command-hook))

(defun scenario-hover ()
  "Return the text that the client shows for what is at point."
  (pcase scenario-client
    ('eglot
     (let (texts)
       (run-hook-wrapped 'eldoc-documentation-functions
                         (lambda (function)
                           (ignore (funcall function (lambda (text &rest _) (push text texts))))))
       (scenario-wait (lambda () (delq nil texts)))
       (mapconcat #'substring-no-properties (delq nil texts) "\n")))
    ('lsp-mode
     (lsp-describe-thing-at-point)
     (with-current-buffer "*lsp-help*" (buffer-substring-no-properties (point-min) (point-max))))))

(defun scenario-rename (name)
  "Rename the symbol at point to NAME."
  (pcase scenario-client
    ('eglot (eglot-rename name))
    ('lsp-mode (lsp-rename name))))

;;;; What a person does

(defun scenario-go (line word)
  "Move into WORD of the first line that contains LINE, and return its number."
  (goto-char (point-min))
  (search-forward line)
  (goto-char (line-beginning-position))
  (search-forward word (line-end-position))
  (goto-char (1+ (match-beginning 0)))
  (line-number-at-pos))

(defun scenario-findings ()
  "Return what is wrong in this buffer as a list of texts with lines."
  (mapcar (lambda (finding)
            (format "%d: %s" (line-number-at-pos (flymake-diagnostic-beg finding))
                    (flymake-diagnostic-text finding)))
          (flymake-diagnostics)))

(defun scenario-finding-p (regexp)
  "Return whether a finding matches REGEXP."
  (seq-find (lambda (text) (string-match-p regexp text)) (scenario-findings)))

(defun scenario-fixes ()
  "Return the titles of the code actions at point."
  (mapcar (lambda (action) (if (hash-table-p action) (gethash "title" action) (plist-get action :title)))
          (pcase scenario-client
            ('eglot (eglot-code-actions (point)))
            ('lsp-mode (lsp-code-actions-at-point)))))

(defun scenario-mistake (what line old new regexp &optional fix)
  "Make a mistake, WHAT: OLD becomes NEW on LINE.  A finding must match REGEXP.
A code action must match FIX, if that is non-nil.  Then the mistake is taken back."
  (let ((number (scenario-go line old)))
    (undo-boundary)
    (goto-char (1- (point)))
    (delete-char (length old))
    (insert new)
    (run-hooks 'post-command-hook)
    (scenario-eventually (lambda () (scenario-finding-p (format "^%d: .*%s" number regexp)))
                         (format "%s is shown on its line" what) #'scenario-findings)
    (when fix
      (scenario-go (string-replace old new line) new)
      (scenario-eventually (lambda ()
                             (seq-find (lambda (title) (string-match-p fix title)) (scenario-fixes)))
                           (format "a code action mends %s" what) #'scenario-fixes))
    (undo-boundary)
    (let ((last-command 'ignore)) (undo))
    (run-hooks 'post-command-hook)
    (scenario-eventually (lambda () (null (scenario-findings)))
                         (format "%s is gone after undo" what) #'scenario-findings)))

(defun scenario-lands (line word file text)
  "Expect that the definition of WORD on LINE is in FILE, on a line with TEXT."
  (scenario-go line word)
  (let ((backend (xref-find-backend)))
    (xref-find-definitions (xref-backend-identifier-at-point backend)))
  (let ((place (format "%s: %s" (file-relative-name buffer-file-name scenario-tree)
                       (buffer-substring (line-beginning-position) (line-end-position)))))
    (scenario-expect (string-prefix-p (concat file ": " text) place)
                     (format "the definition of %s is in %s" word file) place)))

(defun scenario-candidates ()
  "Return what can be inserted at point."
  (pcase (run-hook-with-args-until-success 'completion-at-point-functions)
    (`(,start ,end ,table . ,properties)
     (mapcar #'substring-no-properties
             (all-completions (buffer-substring start end) table (plist-get properties :predicate))))))

(defun scenario-report (command &rest arguments)
  "Return the text of the buffer that COMMAND shows when called with ARGUMENTS."
  (save-window-excursion
    (apply command arguments)
    (with-current-buffer "*kconfig-ls*" (buffer-string))))

(defun scenario-lens (regexp)
  "Return the first lens of this buffer that matches REGEXP."
  (seq-some (lambda (overlay)
              (let ((shown (or (overlay-get overlay 'after-string) (overlay-get overlay 'before-string))))
                (and shown (string-match-p regexp shown) shown)))
            (overlays-in (point-min) (point-max))))

(defun scenario-click (regexp buffer words)
  "Click the part of a lens that matches REGEXP. A BUFFER with WORDS must be shown."
  (when-let ((lens (scenario-eventually (lambda () (scenario-lens regexp))
                                        (format "there is a lens %S" regexp)
                                        (lambda () (scenario-lens "")))))
    (save-window-excursion
      (funcall (get-text-property (string-match regexp lens) 'action lens))
      (scenario-text-has (with-current-buffer buffer (buffer-string))
                         (format "the lens %S" regexp) words))))

;;;; The run

(defun scenario-text-has (text what &rest words)
  "Expect that TEXT, which is WHAT, has each of WORDS."
  (dolist (word words)
    (scenario-expect (string-search word text) (format "%s says %S" what word) text)))

(defun scenario-settings ()
  "See that the settings of the page, which are for arm64, come to the server."
  (scenario-start)
  (scenario-open "drivers/net/Kconfig" 'kconfig-ls-mode)
  (scenario-lands "depends on PCI && HAS_DMA" "PCI" "arch/arm64/Kconfig" "config PCI"))

(defun scenario-start ()
  "Do what must be done before the first file is opened."
  (when (eq scenario-client 'lsp-mode)
    (require 'lsp-mode)
    (lsp-workspace-folders-add scenario-tree))) ; as a person does who answers its question with i

(defun scenario-run ()
  "Go through all that is expected of a client."
  (scenario-say "=== Emacs %s, %s" emacs-version scenario-client)
  (scenario-start)
  (scenario-open "drivers/net/Kconfig" 'kconfig-ls-mode)
  (scenario-mistake "an undefined symbol" "depends on PCI && HAS_DMA" "HAS_DMA" "HAS_DAM" "HAS_DAM" "HAS_DMA")
  (scenario-mistake "a syntax error" "depends on PCI && HAS_DMA" "&&" "&& &&" ".")

  (scenario-go "depends on PCI && HAS_DMA" "PCI")
  (scenario-text-has (scenario-hover) "hover on PCI" "PCI support" "arch/x86/Kconfig")

  (scenario-lands "depends on PCI && HAS_DMA" "PCI" "arch/x86/Kconfig" "config PCI")
  (find-file (expand-file-name "drivers/net/Kconfig" scenario-tree))
  (scenario-lands "source \"drivers/net/phy/Kconfig\"" "drivers/net/phy" "drivers/net/phy/Kconfig" "# SPDX")

  (find-file (expand-file-name "drivers/net/Kconfig" scenario-tree))
  (scenario-go "select CRC32" "CRC32")
  (goto-char (+ (point) 2)) ; behind CRC
  (let ((candidates (scenario-candidates)))
    (scenario-expect (member "CRC32" candidates) "completion after select knows CRC32" candidates))

  (when (eq scenario-client 'lsp-mode)
    (scenario-click "[2-9] references" "*xref*" "depends on"))

  ;; A symbol that cannot be on without Rust.
  (scenario-open "samples/rust/Kconfig" 'kconfig-ls-mode)
  (scenario-go "config SAMPLE_RUST_MINIMAL" "SAMPLE_RUST_MINIMAL")
  (scenario-eventually (lambda () (string-search "RUST_IS_AVAILABLE" (scenario-hover)))
                       "hover on a symbol that needs Rust says what Rust lacks" #'scenario-hover)
  (scenario-text-has (scenario-report #'kconfig-ls-why "CONFIG_SAMPLE_RUST_MINIMAL") "kconfig-ls-why"
                     "SAMPLE_RUST_MINIMAL=n" "SAMPLES_RUST" "init/Kconfig:69")
  (scenario-text-has (scenario-report #'kconfig-ls-rust) "kconfig-ls-rust"
                     "Rust on x86" "RUST_IS_AVAILABLE" "SAMPLE_RUST_REED")

  (when (eq scenario-client 'lsp-mode)
    (scenario-eventually (lambda ()
                           (font-lock-ensure)
                           (scenario-go "config SAMPLE_RUST_MINIMAL" "SAMPLE_RUST_MINIMAL")
                           (memq 'kconfig-ls-gated (ensure-list (get-text-property (point) 'face))))
                         "a symbol that needs Rust has its face"
                         (lambda () (get-text-property (point) 'face)))
    (scenario-click "Rust: " "*kconfig-ls*" "RUST_IS_AVAILABLE"))

  ;; The face of help texts, quotes in them included, and the end of the text.
  (with-temp-buffer
    (insert "config A\n\tbool \"B\"\n\thelp\n\t  It doesn't.\n\nconfig C\n\tbool\n")
    (kconfig-ls-mode)
    (font-lock-ensure)
    (search-backward "doesn")
    (scenario-expect (eq (get-text-property (point) 'face) 'font-lock-doc-face) "help texts have their face"
                     (get-text-property (point) 'face))
    (search-forward "config")
    (scenario-expect (eq (get-text-property (1- (point)) 'face) 'font-lock-keyword-face)
                     "an entry behind a help text with a quote has its face"
                     (get-text-property (1- (point)) 'face)))

  ;; A configuration.
  (scenario-open ".config" 'kconfig-ls-config-mode)
  (scenario-eventually (lambda () (scenario-finding-p "^4: .*512"))
                       "a value out of range is shown in .config" #'scenario-findings)
  (scenario-eventually (lambda () (scenario-finding-p "^5: .*needs .?RUST"))
                       "a line that has no effect is shown in .config" #'scenario-findings)
  (scenario-lands "CONFIG_HERON_ETH=m" "HERON_ETH" "drivers/net/Kconfig" "config HERON_ETH")

  ;; Other programs have files of the same names.
  (pcase-dolist (`(,name ,text ,mode)
                 '(("tiny.config" "# Small\n\nCONFIG_NET=y\n" kconfig-ls-config-mode)
                   ("tiny.config" "# CONFIG_NET is not set\n" kconfig-ls-config-mode)
                   ("boards/new.conf" "" kconfig-ls-config-mode)
                   ("my_defconfig" "anything" kconfig-ls-config-mode)
                   ("Web.config" "<?xml version=\"1.0\"?>\n<configuration/>\n" nxml-mode)
                   ("boards/nginx.conf" "server { }\n" conf-unix-mode)))
    (with-temp-buffer
      (insert text)
      (let ((buffer-file-name (expand-file-name name scenario-tree)))
        (set-auto-mode)
        (set-buffer-modified-p nil))
      (scenario-expect (eq major-mode mode) (format "%s with %S is in %s" name text mode) major-mode)))

  ;; Rename goes through all files.
  (find-file (expand-file-name "drivers/net/Kconfig" scenario-tree))
  (scenario-go "config HERON_ETH_DEBUG" "HERON_ETH_DEBUG")
  (scenario-rename "HERON_ETH_TALK")
  (scenario-expect (progn (goto-char (point-min)) (search-forward "config HERON_ETH_TALK" nil t))
                   "rename changes the definition")

  ;; The architecture, and what follows from it.
  (find-file (expand-file-name "drivers/net/Kconfig" scenario-tree))
  (kconfig-ls-view "arm64")
  (scenario-lands "depends on PCI && HAS_DMA" "PCI" "arch/arm64/Kconfig" "config PCI"))

(condition-case problem
    (if (bound-and-true-p kconfig-ls-settings) (scenario-settings) (scenario-run))
  (error (setq scenario-failed t)
         (scenario-say "not ok the run goes to its end: %S" problem)))
;; lsp-mode ends the server by itself when Emacs ends.
(when (eq scenario-client 'eglot)
  (eglot-shutdown (eglot-current-server)))
(kill-emacs (if scenario-failed 1 0))
;;; scenario.el ends here
