#!/bin/bash
# install.sh RELEASE.tar.gz AGENT.deb SHA256: makes an edge host's image of a plain Debian 12, as root. RELEASE is what release.sh makes; AGENT is
# Systems Manager's agent as AWS publishes it, and its digest. Nothing of a deployment is in the image: that comes with the bundle.
set -euo pipefail

release=$(readlink -f "$1") agent=$(readlink -f "$2")
here=$(dirname "$(readlink -f "$0")")
. /etc/os-release
[ "$VERSION_CODENAME" = bookworm ] || {
  echo "install.sh: this is $PRETTY_NAME. Kamailio and RTPEngine are Debian 12's" >&2
  exit 1
}
sha256sum --check --status <<<"$3  $agent" || {
  echo "install.sh: $agent is not what its digest says" >&2
  exit 1
}

# Debian starts daemons when it installs them.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
export DEBIAN_FRONTEND=noninteractive
apt-get update
xargs apt-get install -y --no-install-recommends <"$here/packages.txt"
dpkg --install "$agent"
apt-get clean
rm -rf /var/lib/apt/lists/* /usr/sbin/policy-rc.d

getent group vestibule >/dev/null || groupadd --system vestibule
getent passwd vestibule >/dev/null || useradd --system --gid vestibule --home-dir /nonexistent --shell /usr/sbin/nologin vestibule
mkdir -p /opt/vestibule
tar -xzf "$release" -C /opt/vestibule --no-same-owner

# Debian's own units have other configurations; nobody logs in; there is no way to Debian's mirrors.
for unit in kamailio rtpengine rtpengine-daemon ngcp-rtpengine-daemon redis-server stunnel4 ssh unattended-upgrades apt-daily.timer apt-daily-upgrade.timer; do
  systemctl mask "$unit"
done
install -m 644 /opt/vestibule/infra/hosts/edge/*.service /etc/systemd/system/
systemctl enable amazon-ssm-agent chrony

# No caller's word at rest: what RTPEngine might spool, the journal and core dumps stay in memory or are not made at all.
mkdir -p /var/spool/rtpengine
grep -q '/var/spool/rtpengine' /etc/fstab ||
  echo 'tmpfs /var/spool/rtpengine tmpfs size=16m,mode=0700,uid=rtpengine,gid=rtpengine,nosuid,nodev,noexec 0 0' >>/etc/fstab
install -d /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=256M\nRateLimitIntervalSec=0\n' >/etc/systemd/journald.conf.d/vestibule.conf
rm -rf /var/log/journal
systemctl mask swap.target systemd-coredump.socket
cat >/etc/sysctl.d/90-vestibule.conf <<'END'
kernel.core_pattern = |/bin/false
fs.suid_dumpable = 0
vm.swappiness = 0
# A host, no router; an address is answered for where it is.
net.ipv4.ip_forward = 0
net.ipv4.conf.all.accept_redirects = 0
net.ipv4.conf.all.accept_source_route = 0
net.ipv4.conf.all.send_redirects = 0
net.ipv6.conf.all.disable_ipv6 = 1
# RTP of a thousand calls.
net.core.rmem_max = 16777216
net.core.rmem_default = 1048576
net.core.netdev_max_backlog = 10000
END
# Amazon's time, which needs no way out.
echo 'server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4' >/etc/chrony/sources.d/amazon.sources
sed -i '/^pool /d' /etc/chrony/chrony.conf

/opt/vestibule/node_modules/.bin/node --version
