
# Completes the values of --policy, which are files and names of built-in policies, and files where nothing else is known.
function _imagegate_words() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} two=${COMP_WORDS[COMP_CWORD-2]}
  local builtins="POLICIES" IFS=$' \t\n'
  local locations="builtin:${builtins// / builtin:}"
  COMPREPLY=()
  # In bash a colon and an equals sign are words of their own.
  if [[ $before == builtin && $word == : ]]; then
    COMPREPLY=( $(compgen -W "$builtins" -- "") )
  elif [[ $two == builtin && $before == : ]]; then
    COMPREPLY=( $(compgen -W "$builtins" -- "$word") )
  elif [[ $before == -p || $before == --policy || ( $two == --policy && $before == "=" ) ]]; then
    IFS=$'\n'
    COMPREPLY=( $(compgen -f -- "${word#=}") $(compgen -W "${locations// /$'\n'}" -- "${word#=}") )
    # As names of files, names of policies would get a backslash.
    [[ builtin: == "$word"* || $word == builtin:* ]] || { type compopt &>/dev/null && compopt -o filenames; }
  else
    _complete_imagegate "$@"
    if [[ ${#COMPREPLY[@]} == 0 && $word != -* ]]; then
      IFS=$'\n'
      COMPREPLY=( $(compgen -f -- "$word") )
      type compopt &>/dev/null && compopt -o filenames
    fi
  fi
}
complete -F _imagegate_words imagegate
