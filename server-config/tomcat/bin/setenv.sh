#!/bin/sh
# Read by catalina.sh. Adapt and put into $CATALINA_BASE/bin.

# The gateway, and what this machine supplies (default: gatehouse.local.json beside the first).
GATEHOUSE_CONFIG="${GATEHOUSE_CONFIG:-/etc/gatehouse/gateway.json}"
export GATEHOUSE_CONFIG
# GATEHOUSE_LOCAL=/etc/gatehouse/gatehouse.local.json; export GATEHOUSE_LOCAL

# Local ports of the frontend ports, used by conf/server.xml. Say the same under listen.ports in the local file.
CATALINA_OPTS="$CATALINA_OPTS -Dgatehouse.port.80=8080"
# Every address of this machine; say the same under listen.address in the local file.
# CATALINA_OPTS="$CATALINA_OPTS -Dgatehouse.address=0.0.0.0"
# CATALINA_OPTS="$CATALINA_OPTS -Dgatehouse.port.443=8443 -Dgatehouse.keystore=conf/site.p12"
# CATALINA_OPTS="$CATALINA_OPTS -Dgatehouse.keystore.password=$SITE_PFX_PASSWORD"

# Names of backends: addresses are asked again after half a minute.
CATALINA_OPTS="$CATALINA_OPTS -Dnetworkaddress.cache.ttl=30"
export CATALINA_OPTS
