# The site on its own index:   docker build --tag symptom-kb . && docker run --publish 127.0.0.1:8000:8000 symptom-kb
# Your own articles instead:   … --volume /srv/articles:/articles:ro --env KB_ARTICLES=/articles …
# README, "Running it in earnest", has the rest.

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/kb \
 && /opt/kb/bin/pip install --no-cache-dir --only-binary :all: --require-hashes --requirement requirements.lock
COPY LICENSE README.md pyproject.toml setup.cfg ./
COPY indexer indexer
COPY kb kb
COPY corpus corpus
COPY templates templates
RUN /opt/kb/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home kb \
 && install --directory --owner kb --group kb /index
COPY --from=build /opt/kb /opt/kb
ENV PATH=/opt/kb/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    KB_INDEX=/index/kb \
    KB_HOST=0.0.0.0
USER 10001
WORKDIR /index
VOLUME /index
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# A file that fails must not keep the rest from being served: 1 is "some input failed and the rest is done".
CMD ["sh", "-c", "kb index || [ $? -eq 1 ] && exec kb serve --port 8000"]
