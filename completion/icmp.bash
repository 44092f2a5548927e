# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
# Completion of `icmp` for bash. Commands, options and the words that an option takes are read from the help of the
# program that is being completed: nothing here is to be changed when it gets new ones. bash-completion is not
# needed; where it is loaded it names the hosts.

# A line of an option: "  -c, --count N           stop after N requests", "      --color[=WHEN]      auto or never".
__icmp_option_line='^  (-(.),|   ) (--[a-z0-9-]+)((\[=| )([A-Z]+)\]?)?(  +(.*))?$'
# A line of a command: "  ping       echo requests".
__icmp_command_line='^  ([a-z][a-z0-9-]*)  +[^ ]'
# What an option can be, and the default behind it: "icmp, udp or tcp (icmp)".
__icmp_choice='^([a-z]+(, [a-z]+)* or [a-z]+)( \(.*)?$'

# __icmp_read [COMMAND]: read a help into the arrays of _icmp.
__icmp_read() {
    local program=${COMP_WORDS[0]} line

    # As the user wrote it: the shell has not touched the tilde yet.
    if [[ $program == \~/* ]]; then
        program=$HOME/${program:2}
    fi
    while IFS= read -r line; do
        if [[ $line =~ $__icmp_option_line ]]; then
            letters+=("${BASH_REMATCH[2]}")
            longs+=("${BASH_REMATCH[3]}")
            # A value that may be left out never stands in a word of its own.
            forms+=("${BASH_REMATCH[5]:0:1}")
            values+=("${BASH_REMATCH[6]}")
            texts+=("${BASH_REMATCH[8]}")
        elif [[ $line =~ $__icmp_command_line ]]; then
            commands+=("${BASH_REMATCH[1]}")
        fi
    done < <("$program" "$@" --help 2>/dev/null </dev/null)
}

# __icmp_place WORD: sets place to that of the option in this word, its letter perhaps behind other letters.
__icmp_place() {
    for place in "${!longs[@]}"; do
        if [[ $1 == "${longs[place]}" || (-n ${letters[place]} && $1 == -[!-]* && $1 == *"${letters[place]}") ]]; then
            return 0
        fi
    done
    return 1
}

# __icmp_offer WORD...: those that begin like what stands there. (compgen -W would run what a word may hold.)
__icmp_offer() {
    local word

    for word in "$@"; do
        if [[ $word == "$current"* ]]; then
            COMPREPLY+=("$prefix$word")
        fi
    done
}

__icmp_offer_options() {
    local letter

    for letter in "${letters[@]}"; do
        if [[ -n $letter ]]; then
            __icmp_offer "-$letter"
        fi
    done
    __icmp_offer "${longs[@]}"
}

__icmp_offer_interfaces() {
    local path

    for path in /sys/class/net/*; do
        # There may be a file that is no interface.
        if [[ -d $path ]]; then
            __icmp_offer "$(printf %q "${path##*/}")"
        fi
    done
}

__icmp_offer_files() {
    local path

    compopt -o filenames 2>/dev/null
    while IFS= read -r path; do
        COMPREPLY+=("$prefix$path")
    done < <(compgen -f -- "$current")
}

__icmp_offer_hosts() {
    local cur=$current

    if declare -F _known_hosts_real >/dev/null; then
        # An IPv6 address is several words to bash.
        _get_comp_words_by_ref -n : cur 2>/dev/null
        _known_hosts_real -- "$cur"
    fi
}

# What the value of the option at place can be.
__icmp_offer_value() {
    local choice words

    if [[ ${values[place]} == FILE ]]; then
        __icmp_offer_files
    elif [[ ${longs[place]} == --interface ]]; then
        __icmp_offer_interfaces
    elif [[ ${texts[place]} =~ $__icmp_choice ]]; then
        choice=${BASH_REMATCH[1]/ or /, }
        IFS=', ' read -r -a words <<<"$choice"
        __icmp_offer "${words[@]}"
    fi
}

# The value of an option, if one is to stand here. Return: is it so?
__icmp_value() {
    local previous=${COMP_WORDS[COMP_CWORD - 1]} place

    if [[ $current == --*=* ]] && __icmp_place "${current%%=*}"; then
        prefix=${current%%=*}=
        current=${current#*=}
    elif [[ $current == = ]] && __icmp_place "$previous"; then
        current=
    elif [[ $previous == = ]] && __icmp_place "${COMP_WORDS[COMP_CWORD - 2]}"; then
        :
    elif ! __icmp_place "$previous" || [[ ${forms[place]} != ' ' ]]; then
        return 1
    fi
    __icmp_offer_value
}

# Do the words before this one have the "--" behind which no option stands?
__icmp_is_past_options() {
    local word

    for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
        if [[ $word == -- ]]; then
            return 0
        fi
    done
    return 1
}

_icmp() {
    local -a commands letters longs forms values texts
    local current=${COMP_WORDS[COMP_CWORD]} prefix=

    COMPREPLY=()
    if ((COMP_CWORD == 1)) && [[ $current == -* ]]; then
        __icmp_offer --help --version
    elif ((COMP_CWORD == 1)) || [[ $COMP_CWORD == 2 && ${COMP_WORDS[1]} == help ]]; then
        __icmp_read
        __icmp_offer "${commands[@]}"
    else
        __icmp_read "${COMP_WORDS[1]}"
        if __icmp_is_past_options; then
            __icmp_offer_hosts
        elif __icmp_value; then
            return
        elif [[ $current == -* ]]; then
            __icmp_offer_options
        elif ((${#longs[@]} > 0)); then
            __icmp_offer_hosts
        fi
    fi
}

complete -F _icmp icmp
