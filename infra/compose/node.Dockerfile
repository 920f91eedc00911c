# Stands in for the image node where no registry answers: `./weir compose-bases` makes it from a minimal
# Debian of this host's own mirror, of the Node.js and pnpm that tools/node pins, and trusts what this host trusts.
ARG DEBIAN
FROM ${DEBIAN}
ARG CA_BUNDLE
COPY ${CA_BUNDLE} /etc/ssl/certs/ca-certificates.crt
COPY node-linux-*/bin/node /usr/local/bin/node
COPY pnpm /usr/local/lib/node_modules/pnpm
RUN chmod +x /usr/local/lib/node_modules/pnpm/bin/pnpm.mjs \
  && ln -s ../lib/node_modules/pnpm/bin/pnpm.mjs /usr/local/bin/pnpm \
  && useradd --uid 1000 --create-home node
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
