# Before the files go, for good.
if command -v systemctl >/dev/null; then
    for one in watchbill-agent.service watchbill-root.timer; do
        if [ -d /run/systemd/system ]; then systemctl stop "$one" || true; fi
        systemctl --quiet disable "$one" || true
    done
fi
