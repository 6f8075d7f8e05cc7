#!/bin/sh
# Interoperation with Scapy and tshark over the product of protocols, modes, versions and algorithms.
#
#   run.sh IPSEC_LA [WORK_DIRECTORY]
#
# Installs Scapy from PyPI into WORK_DIRECTORY (default .build/interop). Exits with 77 where it, or
# tshark, is not to be had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
ipsec_la=$1
work=${2:-.build/interop}
python=$work/venv/bin/python

if ! "$python" -c 'import scapy, cryptography' 2>/dev/null; then
	python3 -m venv "$work/venv" 2>/dev/null &&
		"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'scapy>=2.6' cryptography 2>/dev/null || {
		echo "skipped: Scapy cannot be installed from PyPI here"
		exit 77
	}
fi
command -v tshark >/dev/null || {
	echo "skipped: tshark is not installed here"
	exit 77
}
exec "$python" -W ignore "$here/peers.py" "$ipsec_la" "$work"
