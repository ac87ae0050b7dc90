// node app.js PORT LOGGER: answers any path with the status and after the milliseconds that its
// query asks for. LOGGER is winston, pino, or morgan's format by name or verbatim.
'use strict';
const express = require('express');

const [port, logger] = process.argv.slice(2);

// The lines of the design: one a request, and a second one for a slow request.
function withWinston() {
  const winston = require('winston');
  const log = winston.createLogger({
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console()],
  });
  return (req, res, next) => {
    const begun = Date.now();
    res.on('finish', () => {
      const ms = Date.now() - begun;
      const fields = {
        method: req.method,
        url: req.originalUrl,
        duration: `${ms}ms`,
        statusCode: res.statusCode,
        userAgent: req.get('user-agent'),
      };
      log.info('Request completed', fields);
      if (ms > 1000) log.warn('Slow request detected', fields);
    });
    next();
  };
}

function middleware() {
  if (logger === 'winston') return withWinston();
  if (logger === 'pino') return require('pino-http')();
  return require('morgan')(logger);
}

const app = express();
app.use(middleware());
app.use((req, res) => {
  setTimeout(() => {
    res.status(Number(req.query.status ?? 200));
    if (res.statusCode === 204) res.end();
    else res.type('json').send('{}');
  }, Number(req.query.ms ?? 0));
});
app.listen(Number(port), '127.0.0.1', () => console.log(`Server listening on port ${port}`));
