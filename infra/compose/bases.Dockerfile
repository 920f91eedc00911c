# Stand-ins for the images node, postgres and redis where no registry answers: `./weir compose-bases`
# makes them from a minimal Debian of this host's own mirror, and of the Node.js that tools/node pins.
ARG DEBIAN

FROM ${DEBIAN} AS debian
ARG CA_BUNDLE
ENV DEBIAN_FRONTEND=noninteractive
COPY ${CA_BUNDLE} /etc/ssl/certs/ca-certificates.crt

FROM debian AS node
COPY node-linux-*/bin/node /usr/local/bin/node
COPY pnpm /usr/local/lib/node_modules/pnpm
RUN chmod +x /usr/local/lib/node_modules/pnpm/bin/pnpm.mjs \
  && ln -s ../lib/node_modules/pnpm/bin/pnpm.mjs /usr/local/bin/pnpm \
  && useradd --uid 1000 --create-home node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt

FROM debian AS postgres
RUN mkdir /etc/postgresql-common \
  && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf \
  && apt-get update -qq \
  && apt-get install -y -qq --no-install-recommends postgresql \
  && rm -rf /var/lib/apt/lists/*

FROM debian AS redis
RUN apt-get update -qq \
  && apt-get install -y -qq --no-install-recommends redis-server \
  && rm -rf /var/lib/apt/lists/*
