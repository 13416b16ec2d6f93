# The program `kg` as a non-root user who needs to write nothing but /tmp. The graph is mounted at /graph.
#   docker build -t cartkg .
#   docker run --rm --read-only --tmpfs /tmp -p 127.0.0.1:8080:8080 -v "$PWD/graph:/graph:ro" cartkg

# The full image has a compiler, for the dependency that has no wheel on every platform.
FROM python:3.11-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN ["python", "-m", "venv", "/opt/cartkg"]
WORKDIR /source
# Dependencies before the sources: a change of the code leaves this layer as it is.
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN mkdir -p kg ontologies queries examples \
 && touch kg/__init__.py \
 && /opt/cartkg/bin/pip install -c constraints.txt . \
 && /opt/cartkg/bin/pip uninstall --yes cartkg
COPY kg kg
COPY ontologies ontologies
COPY queries queries
COPY examples examples
# The full vocabulary is spelled out here once, not at each start: a read-only container could not keep it.
ENV XDG_CACHE_HOME=/opt/cartkg/cache
RUN /opt/cartkg/bin/pip install --no-deps . \
 && /opt/cartkg/bin/python -m compileall -q /opt/cartkg/lib \
 && /opt/cartkg/bin/python -c "from kg.lexicon import shipped; shipped('full')" \
 && chmod -R a+rX /opt/cartkg/cache

FROM python:3.11-slim-bookworm AS run
RUN groupadd --system --gid 10001 kg \
 && useradd --system --uid 10001 --gid kg --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin kg
COPY --from=build /opt/cartkg /opt/cartkg
# Nothing is written beside the sources. The vocabulary in the cache folder is the one spelled out above.
ENV PATH=/opt/cartkg/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp XDG_CACHE_HOME=/opt/cartkg/cache
USER 10001:10001
WORKDIR /tmp
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/health', timeout=8)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["kg"]
CMD ["serve", "--graph", "/graph", "--host", "0.0.0.0", "--port", "8080"]
