# What zsh offers behind a line: zsh offered.zsh FILE 'sipdex show 48'
#
# Completion works only where a line is edited, so a shell is run on a terminal of its own; there compadd, through which
# every offer goes, also writes down the words it was given.
zmodload zsh/zpty
zpty shell zsh -f -i
say() { zpty -w shell "$1"; }
until_end() { local line; while zpty -r shell line; do [[ $line == *END-OF-OFFERS* ]] && break; print -rn -- "$line"; done; }
zpty -w shell "PS1= PS2= RPS1=; stty -echo; autoload -Uz compinit; compinit -u -D; source $1"
say 'compadd() { local -a given; builtin compadd -O given "$@"; (( $#given )) && printf "<%s>\n" $given; builtin compadd "$@"; }'
say 'finish() { printf "END-OF-%s\n" OFFERS; zle kill-buffer; exit; }'
say 'zle -C offer complete-word _main_complete; zle -N finish; bindkey "^I" offer; bindkey "^X" finish'
say 'printf "READY-%s\n" NOW'
while zpty -r shell line; do [[ $line == *READY-NOW* ]] && break; done
zpty -n -w shell "$2"$'\t'$'\x18'
until_end | tr -d '\r' | grep -o '<[^<>]*>' | tr -d '<>' | sort -u
