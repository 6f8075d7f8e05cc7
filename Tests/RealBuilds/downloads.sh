# Sourced by run: Debian packages and sources, fetched with an apt configuration of our own below
# .cache/apt. It takes the mirrors from the machine's, and adds their sources, and backports.
# shellcheck shell=bash disable=SC2154 # folders and versions are set by run
set -euo pipefail

# shellcheck disable=SC1091
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-unknown}")
# shellcheck disable=SC2034
arch=$(dpkg --print-architecture)

own() {
  local tool=$1
  shift
  "$tool" -q -o Dir::Etc::SourceList="$cache/apt/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$cache/apt/lists" -o Dir::Cache="$cache/apt/cache" "$@"
}

# update_own [SUITE...] : once in a run, and only in a run that downloads; adds the sources of more suites.
own_is_fresh=
update_own() {
  [[ -z $own_is_fresh ]] || return 0
  own_is_fresh=yes
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' 'Origin: Debian' \
    | awk -v codename="$codename" -v suites="$*" '
        { print "deb", $1, $2, "main" }
        $2 == codename {
          print "deb-src", $1, $2, "main"
          print "deb", $1, $2 "-backports main"
          print "deb-src", $1, $2 "-backports main"
          count = split(suites, suite, " ")
          for (i = 1; i <= count; i++) print "deb-src", $1, suite[i], "main"
        }' \
    | sort -u >"$cache/apt/sources.list"
  [[ -s $cache/apt/sources.list ]] \
    || die "apt knows no Debian mirror: run 'apt-get update' on Debian 12 first"
  own apt-get update >"$scratch/update" 2>&1 || { cat "$scratch/update" >&2; die "apt-get update failed"; }
}

# offers PACKAGE : whether there is one to download.
offers() {
  update_own
  own apt-cache show "$1" >/dev/null 2>&1
}

dependencies() { own apt-cache depends "$1" | sed -n 's/^[ |]*Depends: //p'; }

# download PACKAGE... : into the current folder; nothing is installed.
download() {
  echo "downloading $*" >&2
  own apt-get download "$@" >"$scratch/download" 2>&1 \
    || { cat "$scratch/download" >&2; die "download of $* failed"; }
}

# once NAME FUNCTION... : fills .cache/NAME by calling FUNCTION... in a new folder, unless it is there.
# A folder that was not filled to the end never gets the name.
once() {
  local name=$1
  shift
  [[ ! -d $cache/$name ]] || return 0
  rm -rf "$cache/$name.part"
  mkdir -p "$cache/$name.part"
  (cd "$cache/$name.part" && "$@")
  mv "$cache/$name.part" "$cache/$name"
}
