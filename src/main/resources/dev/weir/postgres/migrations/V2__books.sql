CREATE TABLE ${schema}.weir_books (
    pipeline      text COLLATE "C" NOT NULL,
    generation    integer          NOT NULL,
    counter       text COLLATE "C" NOT NULL,
    value         bigint           NOT NULL,
    checkpoint_id bigint           NOT NULL,
    PRIMARY KEY (pipeline, generation, counter)
);
COMMENT ON TABLE ${schema}.weir_books IS 'Weir: totals of each counter as of a completed checkpoint, from 0 in each generation';

CREATE TABLE ${schema}.weir_runs (
    pipeline   text COLLATE "C" NOT NULL,
    serial     bigint           NOT NULL,
    run_id     text COLLATE "C" NOT NULL,
    lake_path  text,
    started_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (pipeline, serial),
    UNIQUE (pipeline, run_id)
);
COMMENT ON TABLE ${schema}.weir_runs IS 'Weir: every submission of a pipeline; only the run with the greatest serial may write';

CREATE TABLE ${schema}.weir_generations (
    pipeline               text COLLATE "C" NOT NULL,
    generation             integer          NOT NULL,
    run_id                 text COLLATE "C" NOT NULL,
    restored_checkpoint_id bigint           NOT NULL,
    without_state          boolean          NOT NULL,
    allocated_at           timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (pipeline, generation),
    UNIQUE (pipeline, run_id, restored_checkpoint_id)
);
COMMENT ON TABLE ${schema}.weir_generations IS 'Weir: lives of a pipeline''s state; a restart of the same run finds the generation that it allocated before';
COMMENT ON COLUMN ${schema}.weir_generations.restored_checkpoint_id IS '-1 for a start without state';

CREATE TABLE ${schema}.weir_pipelines (
    pipeline      text COLLATE "C" NOT NULL PRIMARY KEY,
    generation    integer          NOT NULL,
    checkpoint_id bigint           NOT NULL,
    updated_at    timestamptz      NOT NULL DEFAULT now()
);
COMMENT ON TABLE ${schema}.weir_pipelines IS 'Weir: the fence, the greatest (generation, checkpoint id) that completed';
