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
    install_packages $(packages "$@")
}

install_packages() {
    wanted=$(missing "$@")
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

# install_web - what the page's tests need; a node and an npm that are there already, from wherever, will do.
install_web() {
    for package in $(packages web); do
        case $package in
        nodejs) command -v node >/dev/null && continue ;;
        npm) command -v npm >/dev/null && continue ;;
        chromium) command -v chromium >/dev/null && continue ;;
        esac
        install_packages "$package"
    done
    web_modules
}

# web_modules - what web/package.json names, where there is an npm; without, the page lacks the map's ground and its fonts
web_modules() {
    command -v npm >/dev/null || return 0
    tools/web-setup || say "web/node_modules could not be made: the page's tests are skipped"
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
