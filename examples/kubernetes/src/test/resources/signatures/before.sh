# Runs before kubeadm: the API server sees this folder.
mkdir -p /etc/kubernetes/pki
cp "$(dirname "$0")/audit.yaml" /etc/kubernetes/pki
