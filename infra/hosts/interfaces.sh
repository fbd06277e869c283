#!/bin/bash
# Takes the pinned network interfaces over from a host that is gone, and routes by them. May be run again at any time.
# /etc/vestibule/interfaces has a line for each: `pin ID ADDRESS SUBNET TABLE NETWORK...`, and `host NETWORK...` for what leaves by the host's
# own interface. Needs curl (with --aws-sigv4) and iproute2: the AWS CLI is not on the images of ECS.
set -euo pipefail

root=${VESTIBULE_ROOT:-}
wait_seconds=${VESTIBULE_ATTACH_SECONDS:-600}
imds=http://169.254.169.254/latest
host_table=100

say() { echo "vestibule-interfaces: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

metadata() { curl -sf --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"; }

# First value of an XML element, or of a JSON key; empty when there is none.
element() { { grep -o "<$1>[^<]*" || true; } | head -n 1 | cut -d '>' -f 2; }
member() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

# EC2's query API. The credentials go by a pipe: arguments can be read by everybody on the host.
ec2() {
  local action=$1 answer
  shift
  answer=$(curl -sS --max-time 30 --aws-sigv4 "aws:amz:$region:ec2" \
    --config <(printf 'user = "%s:%s"\nheader = "X-Amz-Security-Token: %s"\n' "$key" "$secret" "$session") \
    --data "Action=$action&Version=2016-11-15$(printf '&%s' "$@")" "$ec2_url")
  if [[ $answer == *'<Errors>'* ]]; then
    say "$action: $(element Code <<<"$answer")"
    return 1
  fi
  printf '%s\n' "$answer"
}

# Who this is; the role's credentials are read anew each time, as they end after some hours.
read_instance() {
  token=$(curl -sf --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/api/token") ||
    fail 'the instance metadata service does not answer'
  region=$(metadata placement/region)
  instance=$(metadata instance-id)
  host_mac=$(metadata mac)
  host_address=$(metadata local-ipv4)
  host_subnet=$(metadata "network/interfaces/macs/$host_mac/subnet-ipv4-cidr-block")
  local role credentials
  role=$(metadata iam/security-credentials/) || fail 'the instance has no role'
  credentials=$(metadata "iam/security-credentials/$role")
  key=$(member AccessKeyId <<<"$credentials")
  secret=$(member SecretAccessKey <<<"$credentials")
  session=$(member Token <<<"$credentials")
  ec2_url=${VESTIBULE_EC2_URL:-https://ec2.$region.amazonaws.com/}
}

# pending, running, shutting-down, terminated, stopping, stopped; gone when EC2 has forgotten it.
state_of() {
  local answer
  answer=$(ec2 DescribeInstances "InstanceId.1=$1" 2>/dev/null) || { echo gone && return; }
  tr -d '\n' <<<"$answer" | sed 's/.*<instanceState>//' | element name
}

# Waits until nobody holds the interface. A host that runs is never robbed of it; one that does not is.
attach() {
  local id=$1 index=$2 until=$((SECONDS + wait_seconds)) answer holder state
  while :; do
    answer=$(ec2 DescribeNetworkInterfaces "NetworkInterfaceId.1=$id") || fail "$id cannot be looked up"
    mac=$(element macAddress <<<"$answer")
    leave_alone "$id" "$mac"
    holder=$(element instanceId <<<"$answer")
    state=available
    case $holder in
      "$instance") break ;;
      '') ec2 AttachNetworkInterface "NetworkInterfaceId=$id" "InstanceId=$instance" "DeviceIndex=$index" >/dev/null || true ;;
      *)
        state="held by $holder, which is $(state_of "$holder")"
        case ${state##* } in
          running | pending) ;;
          *) ec2 DetachNetworkInterface "AttachmentId=$(element attachmentId <<<"$answer")" Force=true >/dev/null || true ;;
        esac
        ;;
    esac
    ((SECONDS < until)) || fail "$id cannot be had within $wait_seconds s: it is $state. End that instance, or look at this one's role"
    sleep "${VESTIBULE_POLL_SECONDS:-2}"
  done
}

# Name of the device with a MAC address; it shows up some seconds after the attachment.
device_of() {
  local until=$((SECONDS + 60)) name
  while :; do
    name=$(ip -o link | grep -iF "link/ether $1 " | sed 's/^[0-9]*: \([^:@]*\).*/\1/' || true)
    [ -z "$name" ] || break
    ((SECONDS < until)) || fail "no device has $1"
    sleep 0.2
  done
  echo "$name"
}

# systemd-networkd would give the interface a default route of its own, and take our rules away when it is started again.
leave_alone() {
  local link=$root/etc/systemd/network/05-vestibule-$1.network settings=$root/etc/systemd/networkd.conf.d/50-vestibule.conf
  [ -d "${link%/*}" ] && [ ! -e "$link" ] || return 0
  mkdir -p "${settings%/*}"
  printf '[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n' >"$settings"
  printf '[Match]\nMACAddress=%s\n[Link]\nUnmanaged=yes\n' "$2" >"$link"
  systemctl try-restart systemd-networkd || true
}

# Answers leave by the interface that has their address; a packet that came in by another one is dropped (rp_filter), and ARP is
# answered for the own address alone: two interfaces may stand in one subnet.
configure() {
  local device=$1 address=$2 subnet=$3 table=$4 router network
  shift 4
  router=$(router_of "$subnet")
  for setting in rp_filter=1 arp_ignore=1 arp_announce=2; do
    sysctl -qw "net.ipv4.conf.$device.$setting"
  done
  ip link set "$device" up
  ip route replace "$subnet" dev "$device" src "$address" table "$table"
  ip route replace default via "$router" dev "$device" src "$address" table "$table"
  [ -n "$(ip rule show from "$address" table "$table" priority "$table")" ] ||
    ip rule add from "$address" lookup "$table" priority "$table"
  for network in "$@"; do
    ip route replace "$network" via "$router" dev "$device" onlink src "$address" metric 50
  done
}

# In a VPC the router is the first address of each subnet.
router_of() { echo "${1%.*}.1"; }

main() {
  local plan=$root/etc/vestibule/interfaces kind id address subnet table networks device index=1
  read_instance
  # First, so that EC2 is reached by it whatever the others do.
  # shellcheck disable=SC2046 # a list
  configure "$(device_of "$host_mac")" "$host_address" "$host_subnet" "$host_table" $(sed -n 's/^host //p' "$plan")
  while read -r kind id address subnet table networks; do
    [ "$kind" = pin ] || continue
    attach "$id" "$index"
    index=$((index + 1))
    device=$(device_of "$mac")
    ip address replace "$address/${subnet#*/}" dev "$device" noprefixroute
    # shellcheck disable=SC2086 # a list
    configure "$device" "$address" "$subnet" "$table" $networks
    say "$id is $device, $address"
  done <"$plan"
}

main
