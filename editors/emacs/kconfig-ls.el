;;; kconfig-ls.el --- Kconfig and .config files with the kconfig-ls server  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Version: 0.1
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools

;;; Commentary:

;; Registers the language server kconfig-ls with Eglot and lsp-mode, gives
;; Kconfig files and configurations a major mode each, and adds commands for
;; what the protocol has no name for:
;;
;;   M-x kconfig-ls-why    why a symbol has its value
;;   M-x kconfig-ls-rust   what Rust needs, what holds it back, what needs it
;;   M-x kconfig-ls-view   choose the architecture that answers are given for
;;
;; To start the server with each file:
;;
;;   (require 'kconfig-ls)
;;   (add-hook 'kconfig-ls-mode-hook #'eglot-ensure)          ; or #'lsp
;;   (add-hook 'kconfig-ls-config-mode-hook #'eglot-ensure)

;;; Code:

(require 'conf-mode)
(require 'subr-x)
(require 'url-parse)
(require 'url-util)

(declare-function eglot-current-server "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp-request "lsp-mode")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-show-xrefs "lsp-mode")
(declare-function lsp--locations-to-xref-items "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)
(defvar lsp-semantic-token-modifier-faces)

(defgroup kconfig-ls nil
  "Kconfig files and configurations."
  :group 'languages)

;; Neither may come from a file of the workspace: they say what is run.
(defcustom kconfig-ls-command '("kconfig-ls" "serve")
  "The program of the language server and its arguments."
  :type '(repeat string)
  :risky t)

(defcustom kconfig-ls-settings nil
  "Settings for the server, a property list that it gets when it starts.
For example (:trust \"probe\" :arch \"arm64\"): with it the server may ask your
own compiler what it can do, and answers for arm64.  Without :trust it
runs nothing."
  :type 'plist
  :risky t)

(defface kconfig-ls-gated '((t :inherit font-lock-preprocessor-face))
  "Face for symbols that hang on Rust or on what a tool can do.")

(defface kconfig-ls-unavailable '((t :inherit shadow :strike-through t))
  "Face for those of them that cannot be on as things are.")

;;;; Major modes

(defvar kconfig-ls--keywords
  '("config" "menuconfig" "menu" "endmenu" "choice" "endchoice" "if" "endif"
    "mainmenu" "source" "rsource" "osource" "orsource" "comment" "prompt" "default"
    "def_bool" "def_tristate" "def_int" "def_hex" "def_string" "depends" "select"
    "imply" "range" "visible" "help" "modules" "transitional" "option" "optional"
    "configdefault")
  "Words with which lines of Kconfig files begin.")

(defvar kconfig-ls-font-lock-keywords
  `((,(concat "^[ \t]*\\(" (regexp-opt kconfig-ls--keywords) "\\)\\_>") 1 font-lock-keyword-face)
    ("^[ \t]*\\(bool\\|tristate\\|string\\|hex\\|int\\)\\_>" 1 font-lock-type-face)
    ("\\_<\\(?:if\\|on\\)\\_>" . font-lock-keyword-face)
    ("^[ \t]*\\(?:menu\\)?config[ \t]+\\([A-Za-z0-9_]+\\)" 1 font-lock-variable-name-face)
    ("^\\([-A-Za-z0-9_]+\\)[ \t]*:?=" 1 font-lock-function-name-face)
    ("\\$([-A-Za-z0-9_]*" . font-lock-preprocessor-face)
    ("\\_<[nmy]\\_>" . font-lock-constant-face)))

(defvar kconfig-ls-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\' "\"" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?- "." table)
    table)
  "Syntax of Kconfig files.")

(defun kconfig-ls--help-end (limit)
  "Return where the help text that begins on this line ends, LIMIT at most.
Return nil if there is none.  A help text is what is indented as far as
its first line, or further."
  (save-excursion
    (skip-chars-forward " \t\n" limit)
    (let ((indentation (current-indentation)) (end nil))
      (while (and (< (point) limit)
                  (progn (back-to-indentation)
                         (or (eolp) (and (> indentation 0) (>= (current-column) indentation)))))
        (end-of-line)
        (setq end (min (1+ (point)) (point-max)))
        (forward-line 1))
      end)))

(defun kconfig-ls--extend-to-help (beginning end)
  "Extend BEGINNING and END so that no help text is cut in two."
  (save-excursion
    (goto-char beginning)
    (let ((entry (and (re-search-backward "^[ \t]*\\(?:help\\|\\(?:menu\\)?config[ \t].*\\)$" nil t)
                      (match-beginning 0))))
      (goto-char end)
      (let ((after (if (re-search-forward "^[ \t]*\\(?:menu\\)?config[ \t]" nil t)
                       (match-beginning 0)
                     (point-max)))
            (before (or entry (point-min))))
        (unless (and (= before beginning) (= after end))
          (cons before (max after end)))))))

(defun kconfig-ls--propertize (beginning end)
  "Make help texts between BEGINNING and END comments, quotes in them included."
  (goto-char beginning)
  (while (re-search-forward "^[ \t]*help[ \t]*$" end t)
    (when-let ((start (min (1+ (point)) (point-max)))
               (stop (kconfig-ls--help-end (point-max)))
               ((< (1+ start) stop)))
      (put-text-property start (1+ start) 'syntax-table (string-to-syntax "!"))
      (put-text-property (1- stop) stop 'syntax-table (string-to-syntax "!"))
      (goto-char stop))))

(defun kconfig-ls--syntactic-face (state)
  "Return the face for a string, a comment or a help text, as STATE says."
  (cond ((nth 3 state) font-lock-string-face)
        ((eq (nth 7 state) 'syntax-table) font-lock-doc-face)
        (t font-lock-comment-face)))

;;;###autoload
(define-derived-mode kconfig-ls-mode prog-mode "Kconfig"
  "Major mode for Kconfig files."
  (setq-local comment-start "# "
              comment-start-skip "#+[ \t]*"
              indent-tabs-mode t
              tab-width 8
              indent-line-function #'indent-relative
              imenu-generic-expression
              '((nil "^[ \t]*\\(?:menu\\)?config[ \t]+\\([A-Za-z0-9_]+\\)" 1)
                ("Menus" "^[ \t]*menu[ \t]+\"\\(.*\\)\"" 1))
              syntax-propertize-function #'kconfig-ls--propertize
              font-lock-defaults '(kconfig-ls-font-lock-keywords nil nil nil
                                   (font-lock-syntactic-face-function . kconfig-ls--syntactic-face)))
  (add-hook 'syntax-propertize-extend-region-functions #'kconfig-ls--extend-to-help nil t))

;;;###autoload
(define-derived-mode kconfig-ls-config-mode conf-unix-mode ".config"
  "Major mode for what Kconfig writes: .config, defconfigs and fragments."
  (font-lock-add-keywords
   nil '(("^# \\(CONFIG_[A-Za-z0-9_]+\\) is not set$" 1 font-lock-variable-name-face t)
         ("^CONFIG_[A-Za-z0-9_]+=\\([nmy]\\)$" 1 font-lock-constant-face))))

(defvar kconfig-ls--line "^[ \t]*CONFIG_[A-Za-z0-9_]+=\\|^# CONFIG_[A-Za-z0-9_]+ is not set$"
  "What lines of configurations look like.")

;;;###autoload
(defun kconfig-ls-config-mode-maybe ()
  "Enter `kconfig-ls-config-mode' if the buffer is empty or has lines for it.
Other programs have files of these names, too: those get `conf-mode-maybe'."
  (if (or (= (buffer-size) 0)
          (save-excursion
            (goto-char (point-min))
            (skip-chars-forward " \t\n")
            (while (and (looking-at "#") (not (looking-at kconfig-ls--line)))
              (forward-line 1)
              (skip-chars-forward " \t\n"))
            (beginning-of-line)
            (looking-at kconfig-ls--line)))
      (kconfig-ls-config-mode)
    (conf-mode-maybe)))

;; The mode of MELPA's package kconfig-mode is used for Kconfig files if it is there.
;;;###autoload
(add-to-list 'auto-mode-alist
             (cons "/\\(?:Kconfig\\(?:[-._][^/]*\\)?\\|Config\\.\\(?:in\\|src\\)\\(?:\\.[^/]*\\)?\\|Config-[^/]*\\.in\\|[^/]*\\.kconfig\\)\\'"
                   (if (fboundp 'kconfig-mode) 'kconfig-mode 'kconfig-ls-mode)))
;;;###autoload
(add-to-list 'auto-mode-alist
             '("/\\(?:\\.config\\(?:\\.old\\)?\\|\\.kunitconfig\\|\\(?:[^/]*_\\)?defconfig\\|sdkconfig\\(?:\\.[^/]*\\)?\\|prj\\.conf\\)\\'"
               . kconfig-ls-config-mode))
;;;###autoload
(add-to-list 'auto-mode-alist
             '("/\\(?:[^/.][^/]*\\.config\\|prj[^/]+\\.conf\\|overlay[^/]*\\.conf\\|boards/[^/]*\\.conf\\)\\'"
               . kconfig-ls-config-mode-maybe))

;;;; Eglot

(defun kconfig-ls--eglot-contact (&rest _)
  "Return how Eglot starts the server."
  (append kconfig-ls-command
          (and kconfig-ls-settings (list :initializationOptions kconfig-ls-settings))))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '(((kconfig-ls-mode :language-id "kconfig")
                  (kconfig-mode :language-id "kconfig")
                  (kconfig-ls-config-mode :language-id "kconfig-config"))
                 . kconfig-ls--eglot-contact)))

;;;; lsp-mode

(defun kconfig-ls--lens-handlers ()
  "Return what is done when the code lenses of the server are clicked."
  (let ((handlers (make-hash-table :test 'equal)))
    (puthash "kconfig.showReferences"
             (lambda (action)
               (let ((locations (elt (kconfig-ls--get action :arguments) 2)))
                 (when (seq-empty-p locations)
                   (user-error "There are none"))
                 (lsp-show-xrefs (lsp--locations-to-xref-items locations) nil nil)))
             handlers)
    (puthash "kconfig.showValue"
             (lambda (action) (kconfig-ls-why (elt (kconfig-ls--get action :arguments) 2) t))
             handlers)
    (puthash "kconfig.showGate" (lambda (_) (kconfig-ls-rust)) handlers)
    handlers))

(with-eval-after-load 'lsp-mode
  (dolist (entry '((kconfig-ls-mode . "kconfig") (kconfig-mode . "kconfig")
                   (kconfig-ls-config-mode . "kconfig-config")))
    (add-to-list 'lsp-language-id-configuration entry))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () kconfig-ls-command))
                    :major-modes '(kconfig-ls-mode kconfig-mode kconfig-ls-config-mode)
                    :initialization-options (lambda () kconfig-ls-settings)
                    :action-handlers (kconfig-ls--lens-handlers)
                    :multi-root t
                    :server-id 'kconfig-ls)))

;; lsp-mode shows modifiers if `lsp-semantic-tokens-apply-modifiers' is non-nil.
(with-eval-after-load 'lsp-semantic-tokens
  (dolist (entry '(("rustGated" . kconfig-ls-gated) ("toolchain" . kconfig-ls-gated)
                   ("unavailable" . kconfig-ls-unavailable) ("undefined" . font-lock-warning-face)))
    (add-to-list 'lsp-semantic-token-modifier-faces entry t)))

;;;; Requests of the server's own

(defvar lsp-response-timeout)
(defconst kconfig-ls--patience 120
  "Seconds to wait for an answer: a report on a whole kernel takes some.")

(defun kconfig-ls--request (method params)
  "Ask this buffer's server METHOD, a keyword, with PARAMS; return the result."
  (cond ((and (fboundp 'eglot-current-server) (eglot-current-server))
         (jsonrpc-request (eglot-current-server) method params :timeout kconfig-ls--patience))
        ((bound-and-true-p lsp-mode)
         (let ((lsp-response-timeout kconfig-ls--patience))
           (lsp-request (substring (symbol-name method) 1) params)))
        (t (user-error "No language server in this buffer: start it by M-x eglot or M-x lsp"))))

(defun kconfig-ls--get (object &rest keys)
  "Return what OBJECT has under KEYS, one in the other.
It is as Eglot or lsp-mode decode it."
  (dolist (key keys object)
    (setq object (if (hash-table-p object)
                     (gethash (substring (symbol-name key) 1) object)
                   (plist-get object key)))
    (when (memq object '(:json-false :json-null))
      (setq object nil))))

(defun kconfig-ls--document ()
  "Return the parameters that name this buffer's file."
  (let ((path (file-local-name (or buffer-file-name (user-error "This buffer visits no file")))))
    (list :textDocument
          (list :uri (concat "file://" (unless (string-prefix-p "/" path) "/")
                             (url-hexify-string path url-path-allowed-chars))))))

(defun kconfig-ls--path (uri)
  "Return the name of the file that URI names, on the host of this buffer."
  (let* ((path (decode-coding-string
                (url-unhex-string (url-filename (url-generic-parse-url uri))) 'utf-8))
         (path (if (string-match "\\`/[A-Za-z]:/" path) (substring path 1) path)))
    (concat (file-remote-p default-directory) path)))

;;;; Reports

(defun kconfig-ls--visit (button)
  "Show the place that BUTTON stands for."
  (pcase-let ((`(,file . ,line) (button-get button 'kconfig-ls-place)))
    (with-selected-window (display-buffer (find-file-noselect file))
      (goto-char (point-min))
      (forward-line (1- line))
      (recenter))))

(defun kconfig-ls--insert-place (file line)
  "Insert a button that leads to LINE of FILE, or nothing if FILE is nil."
  (when file
    (insert "  ")
    (insert-text-button (format "%s:%d" (file-relative-name file) line)
                        'kconfig-ls-place (cons (expand-file-name file) line)
                        'action #'kconfig-ls--visit 'follow-link t)))

(defun kconfig-ls--report (title directory insert)
  "Show a buffer with the TITLE and what INSERT, a function, inserts.
Names of files are relative to DIRECTORY."
  (with-current-buffer (get-buffer-create "*kconfig-ls*")
    (let ((inhibit-read-only t))
      (erase-buffer)
      (special-mode)
      (setq default-directory (file-name-as-directory directory))
      (insert (propertize title 'face 'bold) "\n\n")
      (funcall insert)
      (goto-char (point-min)))
    (display-buffer (current-buffer))))

(defun kconfig-ls--insert-reason (reason depth)
  "Insert REASON and its causes, indented by DEPTH levels."
  (insert (make-string (* 2 depth) ?\s) (kconfig-ls--get reason :text))
  (when-let ((place (kconfig-ls--get reason :place)))
    (kconfig-ls--insert-place (kconfig-ls--path (kconfig-ls--get place :uri))
                              (1+ (kconfig-ls--get place :range :start :line))))
  (insert "\n")
  (seq-doseq (cause (kconfig-ls--get reason :causes))
    (kconfig-ls--insert-reason cause (1+ depth))))

;;;###autoload
(defun kconfig-ls-why (symbol &optional origin)
  "Explain why SYMBOL has not the value y.
With ORIGIN, a prefix argument, explain where its value comes from."
  (interactive
   (let ((default (string-remove-prefix "CONFIG_" (or (thing-at-point 'symbol t) ""))))
     (list (read-string (format-prompt "Symbol" default) nil nil default) current-prefix-arg)))
  (let* ((result (kconfig-ls--request
                  :kconfig/why (append (kconfig-ls--document)
                                       (list :symbol (string-remove-prefix "CONFIG_" symbol)
                                             :origin (if origin t :json-false)))))
         (about (kconfig-ls--get result :symbol)))
    (kconfig-ls--report (format "%s=%s" (kconfig-ls--get about :name)
                                (or (kconfig-ls--get about :value) "?"))
                        (kconfig-ls--path (kconfig-ls--get result :root))
                        (lambda () (kconfig-ls--insert-reason (kconfig-ls--get result :reason) 0)))))

(defun kconfig-ls--insert-file (object)
  "Insert a button for the place that OBJECT has as :file and :line."
  (let ((file (kconfig-ls--get object :file)))
    (kconfig-ls--insert-place (and file (not (string-empty-p file)) file)
                              (kconfig-ls--get object :line))))

(defun kconfig-ls--insert-gate (gate)
  "Insert the conditions of GATE, what fails them, and how to mend it."
  (insert (format "%s (%s) is %s" (kconfig-ls--get gate :symbol) (kconfig-ls--get gate :title)
                  (kconfig-ls--get gate :value)))
  (kconfig-ls--insert-file gate)
  (insert "\n")
  (seq-doseq (condition (kconfig-ls--get gate :conditions))
    (insert (format "  %-8s%s%s" (kconfig-ls--get condition :state)
                    (if (kconfig-ls--get condition :tool) "  " "") (kconfig-ls--get condition :text)))
    (kconfig-ls--insert-file condition)
    (insert "\n")
    (dolist (text (list (kconfig-ls--get condition :reason) (kconfig-ls--get condition :fix)))
      (unless (member text '(nil ""))
        (insert (make-string 12 ?\s) text "\n"))))
  (when-let ((hint (kconfig-ls--get gate :hint)))
    (insert "  " hint "\n"))
  (insert "\n"))

;;;###autoload
(defun kconfig-ls-rust ()
  "Show what Rust needs, what holds it back, and which symbols need it."
  (interactive)
  (let* ((result (kconfig-ls--request :kconfig/rust (kconfig-ls--document)))
         (gates (kconfig-ls--get result :gates))
         (gated (kconfig-ls--get result :gated)))
    (when (seq-empty-p gates)
      (user-error "Nothing in this tree needs Rust"))
    (kconfig-ls--report (format "Rust on %s" (kconfig-ls--get result :view :arch))
                        (kconfig-ls--path (kconfig-ls--get result :root))
                        (lambda ()
                          (seq-do #'kconfig-ls--insert-gate gates)
                          (insert (format "Symbols that are on only with it: %d\n" (length gated)))
                          (seq-doseq (symbol gated)
                            (insert "  " (kconfig-ls--get symbol :symbol))
                            (kconfig-ls--insert-file symbol)
                            (insert "\n"))))))

(defun kconfig-ls--tree ()
  "Return what the server says of the tree that this buffer's file is in."
  (let ((file (kconfig-ls--path (kconfig-ls--get (kconfig-ls--document) :textDocument :uri))))
    (or (seq-find (lambda (tree)
                    (file-in-directory-p file (kconfig-ls--path (kconfig-ls--get tree :uri))))
                  (kconfig-ls--get (kconfig-ls--request :kconfig/views nil) :roots))
        (user-error "This file is in no Kconfig tree that the server has loaded"))))

;;;###autoload
(defun kconfig-ls-view (arch)
  "Have the server answer for the architecture ARCH in this buffer's tree."
  (interactive
   (let* ((tree (kconfig-ls--tree)) (now (kconfig-ls--get tree :arch)))
     (list (completing-read (format-prompt "Architecture" now)
                            (append (kconfig-ls--get tree :archs) nil) nil t nil nil now))))
  (kconfig-ls--request :kconfig/setView
                       (list :uri (kconfig-ls--get (kconfig-ls--document) :textDocument :uri)
                             :arch arch))
  (message "Answers are for %s now" arch))

(provide 'kconfig-ls)
;;; kconfig-ls.el ends here
