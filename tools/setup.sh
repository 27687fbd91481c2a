# setup.sh - sourced by ./demo and ./test: installs what is missing, builds what has changed. Plain sh.

say() {
    printf '==> %s\n' "$*"
}

# packages GROUP... - the packages of these groups in packaging/packages.txt
packages() {
    for group in "$@"; do
        sed -n "s/^$group  *\([^ #]*\).*/\1/p" packaging/packages.txt
    done
}

# missing PACKAGE... - those that are not installed
missing() {
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
    done
}

install_missing() {
    # shellcheck disable=SC2046 # the lists are words
    wanted=$(missing $(packages "$@"))
    [ -n "$wanted" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
    fi
    say "installing: $wanted"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted
}

# build PRESET [OPTION]... - configures once, then builds what has changed
build() {
    preset=$1
    shift
    if [ ! -f "build/$preset/build.ninja" ]; then
        say "configuring build/$preset"
        cmake --preset "$preset" "$@" >"build.$preset.log" 2>&1 || {
            cat "build.$preset.log"
            return 1
        }
        rm -f "build.$preset.log"
    fi
    say "building build/$preset"
    cmake --build "build/$preset"
}
