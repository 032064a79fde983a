# bash completion for native_capture
_native_capture() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} word
  # After a bare --, another command is completed.
  local i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${COMP_WORDS[i]} == -- ]]; then
      COMP_WORDS=("${COMP_WORDS[@]:i+1}") COMP_CWORD=$((COMP_CWORD - i - 1))
      ((COMP_CWORD == 0)) && mapfile -t COMPREPLY < <(compgen -c -- "$current")
      ((COMP_CWORD > 0)) && mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
    fi
  done
  case $previous in
    -i | --interface)
      mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" --list-interfaces 2>/dev/null | sed '1d; s/ .*//')" -- "$current")
      return ;;
    --host)
      mapfile -t COMPREPLY < <(compgen -A hostname -- "$current")
      return ;;
    -o | --output | --csv | --read)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return ;;
    --ring)
      COMPREPLY=('files=10,size=100MB')
      return ;;
    -f | --filter | --packets | --duration | --size | --until-idle | --snaplen | --buffer | -Y | --display-filter | --fields | --details) return ;;
  esac
  word='--host --filter --interface --promisc --monitor --packets --duration --size --until-idle --output --force --csv
        --nanoseconds --pcapng --ring --quiet --read --display-filter --fields --details --summary --summary=json --list-interfaces --all --watch --json --snaplen
        --buffer --immediate --help --version'
  mapfile -t COMPREPLY < <(compgen -W "$word" -- "$current")
}
complete -F _native_capture native_capture
