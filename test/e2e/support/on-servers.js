process.env.LEDGER_ENGINE = 'servers';
