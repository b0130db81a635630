;;; emacs.el --- Eglot as a client of the language server, without a screen  -*- lexical-binding: t; -*-
;; emacs.test.ts runs it and judges what it prints:
;;   emacs --batch -Q -l emacs.el CONFIGURATION FOLDER
;; One JSON object, with what is seen at each step under the name of the step.

(require 'eglot)
(require 'flymake)
(require 'json)

;; Emacs itself has these modes for those only who have built a parser.
(define-derived-mode yaml-mode text-mode "YAML")
(define-derived-mode dockerfile-mode text-mode "Dockerfile")
(setq auto-mode-alist '(("\\.yaml\\'" . yaml-mode) ("Dockerfile\\'" . dockerfile-mode))
      make-backup-files nil
      create-lockfiles nil)

(defvar seen nil)

(defun see (step value)
  (push (cons step value) seen))

(defun await (condition)
  "Where something does not come in time the step shows what there is instead."
  (with-timeout (15)
    (while (not (funcall condition))
      ;; Without a screen nobody types, and Flymake waits for that.
      (run-hooks 'post-command-hook)
      (when flymake-mode (flymake-start))
      (accept-process-output nil 0.02))))

(defun send ()
  "Eglot sends what was typed when Emacs is idle, which it never is without a screen."
  (eglot--signal-textDocument/didChange))

(defun place (position)
  "A place as the command writes it: from 1, columns in UTF-16 units."
  (save-excursion
    (goto-char position)
    (let ((before (buffer-substring-no-properties (line-beginning-position) position)))
      (format "%d:%d" (line-number-at-pos position)
              (1+ (/ (length (encode-coding-string before 'utf-16le)) 2))))))

(defun findings (file)
  (with-current-buffer (get-file-buffer file)
    (vconcat
     (mapcar (lambda (found)
               `((file . ,file)
                 (range . ,(concat (place (flymake-diagnostic-beg found)) "-" (place (flymake-diagnostic-end found))))
                 (severity . ,(symbol-name (flymake-diagnostic-type found)))
                 (text . ,(flymake-diagnostic-text found))))
             (flymake-diagnostics)))))

(defun none-of (rule)
  "No finding of this rule is in the buffer."
  (lambda ()
    (not (seq-some (lambda (found) (string-search (concat "[" rule "]") (flymake-diagnostic-text found)))
                   (flymake-diagnostics)))))

(defun some-of (rule)
  (lambda () (not (funcall (none-of rule)))))

(defun actions-at (words)
  (goto-char (point-min))
  (search-forward words)
  (append (eglot-code-actions (1- (point)) (1- (point)) nil nil) nil))

(defun run (configuration folder)
  (load configuration nil t)
  (setq default-directory (file-name-as-directory folder))
  (dolist (file '("compose.yaml" "Dockerfile" "pod.yaml"))
    (find-file file)
    (await #'flymake-diagnostics)
    (see (concat "opened " file) (findings file)))

  (find-file "compose.yaml")
  (goto-char (point-min))
  (search-forward "privileged: true")
  (replace-match "privileged: false")
  (send)
  (await (none-of "privileged"))
  (see "typed away" (findings "compose.yaml"))
  (goto-char (point-min))
  (search-forward "privileged: false")
  (replace-match "privileged: true")
  (send)
  (await (some-of "privileged"))

  (let* ((actions (actions-at "privileged: true"))
         (titles (mapcar (lambda (action) (plist-get action :title)) actions)))
    (see "actions" (vconcat titles))
    (eglot-execute (eglot-current-server)
                   (seq-find (lambda (action) (string-prefix-p "Remove" (plist-get action :title))) actions))
    (send)
    (await (none-of "privileged"))
    (see "fixed" (buffer-substring-no-properties (point-min) (point-max)))
    (see "left" (findings "compose.yaml")))

  ;; `eglot-shutdown' says the same, and kills whoever has not ended in the same moment.
  (let* ((server (eglot-current-server))
         (process (jsonrpc--process server)))
    (setf (eglot--shutdown-requested server) t)
    (jsonrpc-request server :shutdown nil)
    (jsonrpc-notify server :exit nil)
    (await (lambda () (not (process-live-p process))))
    (see "exit code" (if (process-live-p process) -1 (process-exit-status process)))))

(pcase-let ((`(,configuration ,folder) command-line-args-left))
  (setq command-line-args-left nil)
  (condition-case trouble
      (run configuration folder)
    (error (see "trouble" (format "%S" trouble)))))
(princ (json-encode seen))
(princ "\n")
