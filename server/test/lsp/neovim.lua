-- Neovim as a client of the language server, without a screen. neovim.test.ts runs it and judges what it prints:
--   nvim --headless --clean -l neovim.lua NODE CLI FOLDER
-- One JSON object, with what is seen at each step under the name of the step.
local node, cli, folder = unpack(_G.arg)
local seen = {}

--- Where something does not come in time the step shows what there is instead: the test tells the difference.
local function await(condition)
  vim.wait(15000, condition, 20)
end

--- A place that is highlighted, as the command writes it: from 1, columns in UTF-16 units. Neovim counts bytes.
local function place(bufnr, line, column)
  local lines = vim.api.nvim_buf_is_loaded(bufnr) and vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
    or vim.fn.readfile(vim.api.nvim_buf_get_name(bufnr))
  local _, units = vim.str_utfindex(lines[line + 1], column)
  return (line + 1) .. ':' .. (units + 1)
end

--- Every finding in every buffer, open or not, all namespaces together.
local function findings()
  return vim.tbl_map(function(found)
    return {
      file = vim.api.nvim_buf_get_name(found.bufnr):sub(#folder + 2),
      range = place(found.bufnr, found.lnum, found.col) .. '-' .. place(found.bufnr, found.end_lnum, found.end_col),
      rule = found.code,
      message = found.message,
      severity = vim.diagnostic.severity[found.severity],
      source = found.source,
    }
  end, vim.diagnostic.get())
end

--- How many findings a file has.
local function count(file, rule)
  local found = vim.diagnostic.get(vim.fn.bufadd(folder .. '/' .. file))
  return #vim.tbl_filter(function(one)
    return rule == nil or one.code == rule
  end, found)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

--- The buffers whose findings were asked for and came.
local answered = {}
vim.api.nvim_create_autocmd('LspRequest', {
  callback = function(event)
    local request = event.data.request
    if request.method == 'textDocument/diagnostic' and request.type == 'complete' then
      answered[request.bufnr] = true
    end
  end,
})

local client_id
local function open(file)
  vim.cmd.edit(folder .. '/' .. file)
  client_id = vim.lsp.start({
    name = 'plimsoll',
    cmd = { node, cli, 'lsp', '--stdio' },
    root_dir = folder,
  })
end

--- Neovim asks for what is in a window only, and a moment later.
local function stay()
  await(function()
    return answered[vim.api.nvim_get_current_buf()]
  end)
end

local function client()
  return assert(vim.lsp.get_client_by_id(client_id))
end

--- Puts the cursor on the first place of some words.
local function go(words)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('\\V' .. words, 'cW') > 0, words .. ' is not in the buffer')
end

--- Chooses the one action whose title begins so, as somebody would from the menu.
local function choose(title, only)
  local before = text()
  vim.lsp.buf.code_action({
    context = only and { only = { only } } or nil,
    filter = function(action)
      return vim.startswith(action.title, title)
    end,
    apply = true,
  })
  await(function()
    return text() ~= before
  end)
end

--- The titles of the menu at the cursor.
local function menu()
  local titles
  local select = vim.ui.select
  vim.ui.select = function(items, options)
    titles = vim.tbl_map(options.format_item, items)
  end
  vim.lsp.buf.code_action()
  await(function()
    return titles ~= nil
  end)
  vim.ui.select = select
  return titles
end

local errors = {}
vim.notify = function(message, level)
  if level ~= nil and level >= vim.log.levels.WARN then
    table.insert(errors, message)
  end
end
-- A menu of several would wait for somebody.
vim.ui.select = function(items)
  table.insert(errors, 'asked to choose one of ' .. #items)
end
local progress = {}
vim.api.nvim_create_autocmd('LspProgress', {
  callback = function(event)
    local value = event.data.params.value
    if value.kind ~= 'report' then
      table.insert(progress, { kind = value.kind, title = value.title })
    end
  end,
})

vim.cmd('filetype on')
vim.o.swapfile = false
vim.o.hidden = true

local function run()
  for _, file in ipairs({ 'compose.yaml', 'Dockerfile', 'pod.yaml' }) do
    open(file)
    stay()
  end
  await(function()
    return count('closed/Dockerfile') > 0 and count('closed/compose.yaml') > 0 and count('closed/pod.yaml') > 0
  end)
  seen.provider = client().server_capabilities.diagnosticProvider
  seen.opened = findings()

  vim.cmd.edit(folder .. '/compose.yaml')
  go('privileged: true')
  vim.cmd.normal({ 'ct}privileged: false ', bang = true })
  await(function()
    return count('compose.yaml', 'privileged') == 0
  end)
  seen.typed_away = findings()
  go('privileged: false')
  vim.cmd.normal({ 'ct}privileged: true ', bang = true })
  await(function()
    return count('compose.yaml', 'privileged') > 0
  end)
  seen.typed_back = findings()

  go('true')
  vim.lsp.buf.hover()
  local function float()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return window
      end
    end
  end
  await(float)
  if float() ~= nil then
    seen.hover = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float()), 0, -1, false)
    vim.api.nvim_win_close(float(), true)
  end

  seen.menu = menu()
  choose('Remove')
  await(function()
    return count('compose.yaml', 'privileged') == 0
  end)
  seen.fixed = { text = text(), findings = findings() }

  vim.cmd.edit(folder .. '/pod.yaml')
  go('true')
  choose("Ignore 'host-network' here")
  await(function()
    return count('pod.yaml', 'host-network') == 0
  end)
  seen.ignored = { text = text(), findings = findings() }
  choose('Fix all', 'source.fixAll')
  await(function()
    return count('pod.yaml', 'unused-suppression') == 0
  end)
  seen.fixed_all = { text = text(), findings = findings() }

  -- Closed without being saved: what is on the disk counts again.
  vim.cmd('bdelete! pod.yaml')
  await(function()
    return count('pod.yaml', 'host-network') > 0
  end)
  seen.closed = findings()

  -- Nobody tells the server of the files of others; a scan finds them.
  vim.fn.writefile(vim.fn.readfile(folder .. '/closed/pod.yaml'), folder .. '/closed/new.yaml')
  vim.fn.delete(folder .. '/closed/pod.yaml')
  progress = {}
  local answer = client().request_sync('workspace/executeCommand', { command = 'plimsoll.server.scan' }, 15000)
  seen.scan = { err = answer and answer.err or nil, answered = answer ~= nil, progress = progress }
  await(function()
    return count('closed/new.yaml') > 0 and count('closed/pod.yaml') == 0
  end)
  seen.scanned = findings()

  open('closed/Dockerfile')
  vim.cmd.edit(folder .. '/compose.yaml')
  vim.wait(1500)
  seen.left = findings()

  open('.plimsoll.yaml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'rules:', '  privileged: off' })
  vim.cmd.write()
  await(function()
    return count('closed/new.yaml', 'privileged') == 0 and count('pod.yaml', 'privileged') == 0
  end)
  await(function()
    return count('closed/compose.yaml', 'privileged') == 0
  end)
  seen.configured = findings()

  local exit_code
  table.insert(client()._on_exit_cbs, function(code)
    exit_code = code
  end)
  client().stop()
  await(function()
    return exit_code ~= nil
  end)
  seen.exit_code = exit_code
end

local done, trouble = xpcall(run, debug.traceback)
if not done then
  seen.trouble = trouble
end
seen.errors = errors
io.stdout:write(vim.json.encode(seen), '\n')
