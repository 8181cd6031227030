# Untested: written where no Docker engine runs. See docs/operators.md.
FROM python:3.11-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-core libfribidi0 postgresql-client \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt requirements-odk.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt --requirement requirements-odk.txt
COPY . .
RUN pybabel --quiet compile --directory translations \
    && useradd --system --create-home --uid 10001 werkstatt \
    && install -d -o werkstatt -g werkstatt /data
USER werkstatt
ENV OSI_DATA=/data OSI_BIND=0.0.0.0:5000 OSI_DEMO=0 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:5000/healthz')"]
CMD ["python", "serve.py"]
