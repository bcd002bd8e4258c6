# Nothing of the agent is to be left. A console on this machine keeps its folder, and then the account.
rm -rf /var/lib/watchbill/agent /var/lib/watchbill/jobs /var/lib/watchbill/restore-tests /var/lib/watchbill-root
rmdir /var/lib/watchbill 2>/dev/null || true
if [ ! -e /var/lib/watchbill ] && getent passwd watchbill >/dev/null; then
    userdel watchbill
fi
