# After the files are there. $first: yes, or no where an older version was.
state=/var/lib/watchbill
getent passwd watchbill >/dev/null ||
    useradd --system --user-group --no-create-home --home-dir "$state" --shell /usr/sbin/nologin watchbill
# What is there stays as it is: a console on the same machine keeps its own folder beside.
[ -d "$state" ] || install -d -o watchbill -g watchbill -m 0711 "$state"
[ -d "$state/agent" ] || install -d -o watchbill -g watchbill -m 0700 "$state/agent"
for one in jobs restore-tests; do
    [ -d "$state/$one" ] || install -d -o watchbill -g watchbill -m 2775 "$state/$one"
done
if [ "$first" = yes ] && command -v systemctl >/dev/null; then
    systemctl --quiet enable watchbill-agent.service || true
fi
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || true
    if [ "$first" = yes ]; then
        systemctl start watchbill-agent.service || true
    else
        systemctl try-restart watchbill-agent.service || true
        systemctl try-restart watchbill-root.timer || true
    fi
fi
if [ "$first" = yes ] && [ ! -e "$state/agent/identity.json" ]; then
    echo "now join, with a token from the console's \`watchbill agents invite\`:"
    echo "  sudo -u watchbill watchbill-agent --home $state join"
    echo "  sudo systemctl start watchbill-agent"
fi
if [ -e /etc/systemd/system/watchbill-agent.service ]; then
    echo "watchbill-agent: /etc/systemd/system/watchbill-agent.service goes before the package's unit; to follow the" \
        "package, remove it (\`uninstall\` of the installation that wrote it) and run systemctl daemon-reload" >&2
fi
