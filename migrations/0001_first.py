"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Every table of the first version, as the models say.
    op.create_table('project',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project')),
    sa.UniqueConstraint('form_key', name=op.f('uq_project_form_key')),
    sa.UniqueConstraint('slug', name=op.f('uq_project_slug'))
    )
    op.create_table('sign_in_try',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name_hash', sa.String(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_try')),
    sa.UniqueConstraint('name_hash', name=op.f('uq_sign_in_try_name_hash'))
    )
    with op.batch_alter_table('sign_in_try', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_try_last'), ['last'], unique=False)

    op.create_table('turn',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('holder', sa.String(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_turn'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('password', sa.String(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tf_primary_method', sa.String(), nullable=True),
    sa.Column('tf_totp_secret', sa.String(), nullable=True),
    sa.Column('tf_counter', sa.Integer(), nullable=True),
    sa.Column('mf_recovery_codes', sa.JSON(), nullable=True),
    sa.Column('is_administrator', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_user_fs_uniquifier'))
    )
    op.create_table('archive_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('begun', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done', sa.DateTime(timezone=True), nullable=True),
    sa.Column('trouble', sa.JSON(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_archive_draft_project_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_archive_draft_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_archive_draft')),
    sa.UniqueConstraint('form_key', name=op.f('uq_archive_draft_form_key'))
    )
    with op.batch_alter_table('archive_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_archive_draft_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_archive_draft_user_id'), ['user_id'], unique=False)

    op.create_table('concept',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=True),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('esf_cents', sa.Integer(), nullable=True),
    sa.Column('land_cents', sa.Integer(), nullable=True),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('esf_cents >= 0', name=op.f('ck_concept_esf')),
    sa.CheckConstraint('land_cents >= 0', name=op.f('ck_concept_land')),
    sa.CheckConstraint('months BETWEEN 1 AND 60', name=op.f('ck_concept_months')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_concept_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concept')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_concept_project_id_form_key'))
    )
    with op.batch_alter_table('concept', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concept_project_id'), ['project_id'], unique=False)

    op.create_table('consent_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_consent_text_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_text')),
    sa.UniqueConstraint('project_id', 'purpose', 'language', 'number', name=op.f('uq_consent_text_project_id_purpose_language_number'))
    )
    with op.batch_alter_table('consent_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_text_project_id'), ['project_id'], unique=False)

    op.create_table('funding_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('table', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('head', sa.Boolean(), nullable=False),
    sa.Column('begun', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone', sa.DateTime(timezone=True), nullable=True),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('way_back', sa.JSON(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_funding_list_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funding_list')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_funding_list_project_id_form_key'))
    )
    with op.batch_alter_table('funding_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_funding_list_project_id'), ['project_id'], unique=False)

    op.create_table('funding_programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('funder', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('eligible', sa.String(), nullable=False),
    sa.Column('area', sa.String(), nullable=False),
    sa.Column('themes', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('amount_min', sa.Numeric(precision=12, scale=2), nullable=True),
    sa.Column('amount_max', sa.Numeric(precision=12, scale=2), nullable=True),
    sa.Column('rate', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('own_funds', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('months_min', sa.Integer(), nullable=True),
    sa.Column('months_max', sa.Integer(), nullable=True),
    sa.Column('due', sa.String(), nullable=False),
    sa.Column('deadlines', sa.String(), nullable=False),
    sa.Column('cumulation', sa.String(), nullable=False),
    sa.Column('excludes', sa.String(), nullable=False),
    sa.Column('conditions', sa.String(), nullable=False),
    sa.Column('requirements', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('verified', sa.String(), nullable=False),
    sa.Column('last_checked', sa.Date(), nullable=True),
    sa.Column('checked_by', sa.String(), nullable=False),
    sa.Column('before_check', sa.JSON(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount_min <= amount_max', name=op.f('ck_funding_programme_amounts')),
    sa.CheckConstraint('months_min <= months_max', name=op.f('ck_funding_programme_months')),
    sa.CheckConstraint('own_funds >= 0 AND own_funds < 100', name=op.f('ck_funding_programme_own_funds')),
    sa.CheckConstraint('rate > 0 AND rate <= 100', name=op.f('ck_funding_programme_rate')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_funding_programme_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funding_programme')),
    sa.UniqueConstraint('project_id', 'code', name=op.f('uq_funding_programme_project_id_code')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_funding_programme_project_id_form_key'))
    )
    with op.batch_alter_table('funding_programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_funding_programme_project_id'), ['project_id'], unique=False)

    op.create_table('import_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('imported', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone', sa.DateTime(timezone=True), nullable=True),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_import_draft_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_draft')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_import_draft_project_id_form_key'))
    )
    with op.batch_alter_table('import_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_draft_created'), ['created'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_draft_project_id'), ['project_id'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('begins', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('invitation', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 5 AND 1440', name=op.f('ck_meeting_minutes')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_meeting_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_meeting_project_id_form_key'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_project_id'), ['project_id'], unique=False)

    op.create_table('network_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('seen', sa.Date(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('network', sa.JSON(), nullable=False),
    sa.Column('taken', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone', sa.DateTime(timezone=True), nullable=True),
    sa.Column('added', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_network_import_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_import')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_network_import_project_id_form_key'))
    )
    with op.batch_alter_table('network_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_import_created'), ['created'], unique=False)
        batch_op.create_index(batch_op.f('ix_network_import_project_id'), ['project_id'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('sector', sa.String(length=32), nullable=False),
    sa.Column('legal_form', sa.String(), nullable=False),
    sa.Column('locality', sa.String(), nullable=False),
    sa.Column('naming', sa.String(length=32), nullable=False),
    sa.Column('own_naming', sa.String(length=32), nullable=True),
    sa.Column('in_task_force', sa.Boolean(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('added', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('merged_into_id <> id', name=op.f('ck_organisation_merged_elsewhere')),
    sa.CheckConstraint('merged_into_id IS NULL OR deleted IS NOT NULL', name=op.f('ck_organisation_merged_is_gone')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['organisation.id'], name=op.f('fk_organisation_merged_into_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_organisation_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('project_id', 'code', name=op.f('uq_organisation_project_id_code')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_organisation_project_id_form_key'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_project_id'), ['project_id'], unique=False)
        batch_op.create_index('ix_organisation_register', ['project_id', 'version'], unique=False)

    op.create_table('outbox_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.Column('queued', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('trouble', sa.String(), nullable=False),
    sa.Column('dropped', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_outbox_mail_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail')),
    sa.UniqueConstraint('name', name=op.f('uq_outbox_mail_name'))
    )
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_mail_due'), ['due'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_mail_project_id'), ['project_id'], unique=False)

    op.create_table('own_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("link <> '' OR text <> ''", name=op.f('ck_own_source_says')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_own_source_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_source')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_own_source_project_id_form_key'))
    )
    with op.batch_alter_table('own_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_source_project_id'), ['project_id'], unique=False)

    op.create_table('project_archive',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('with_contacts', sa.Boolean(), nullable=False),
    sa.Column('written', sa.Integer(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('done', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_archive_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_archive')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_project_archive_project_id_form_key'))
    )
    with op.batch_alter_table('project_archive', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_archive_project_id'), ['project_id'], unique=False)

    op.create_table('project_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('group', sa.String(), nullable=False),
    sa.Column('de', sa.String(), nullable=False),
    sa.Column('en', sa.String(), nullable=False),
    sa.Column('side', sa.String(), nullable=False),
    sa.Column('top', sa.String(), nullable=False),
    sa.Column('rests', sa.Boolean(), nullable=False),
    sa.Column('into', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_term_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_term')),
    sa.UniqueConstraint('project_id', 'code', name=op.f('uq_project_term_project_id_code')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_project_term_project_id_form_key'))
    )
    with op.batch_alter_table('project_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_term_project_id'), ['project_id'], unique=False)

    op.create_table('ranking_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('decided', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('released IS NULL OR decided IS NOT NULL', name=op.f('ck_ranking_round_released')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_ranking_round_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_round')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_ranking_round_project_id_form_key'))
    )
    with op.batch_alter_table('ranking_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranking_round_project_id'), ['project_id'], unique=False)

    op.create_table('sifting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_sifting_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sifting')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_sifting_project_id_form_key'))
    )
    with op.batch_alter_table('sifting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sifting_project_id'), ['project_id'], unique=False)

    op.create_table('sign_in_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('expires', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sign_in_key_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_key')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_sign_in_key_key_hash'))
    )
    with op.batch_alter_table('sign_in_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_key_expires'), ['expires'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_key_user_id'), ['user_id'], unique=False)

    op.create_table('solved',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.String(length=32), nullable=False),
    sa.Column('fair', sa.Boolean(), nullable=False),
    sa.Column('sought', sa.String(), nullable=False),
    sa.Column('begun', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('found', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_solved_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_solved')),
    sa.UniqueConstraint('project_id', 'people', 'fair', name=op.f('uq_solved_project_id_people_fair'))
    )
    with op.batch_alter_table('solved', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_solved_project_id'), ['project_id'], unique=False)

    op.create_table('staff_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('begun', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('device', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_staff_session_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_session')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_staff_session_key_hash'))
    )
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_session_user_id'), ['user_id'], unique=False)

    op.create_table('survey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('sample', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('keep_until', sa.Date(), nullable=True),
    sa.Column('opens', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes', sa.DateTime(timezone=True), nullable=True),
    sa.Column('most', sa.Integer(), nullable=True),
    sa.Column('quotas', sa.JSON(), nullable=False),
    sa.Column('thanks', sa.JSON(), nullable=False),
    sa.Column('farewell', sa.JSON(), nullable=False),
    sa.Column('wording', sa.Integer(), nullable=False),
    sa.Column('lens', sa.String(), nullable=True),
    sa.Column('opened', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sounds', sa.Integer(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_survey_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('form_key', name=op.f('uq_survey_form_key')),
    sa.UniqueConstraint('id', 'kind', name=op.f('uq_survey_id_kind')),
    sa.UniqueConstraint('slug', name=op.f('uq_survey_slug')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_project_id'), ['project_id'], unique=False)

    op.create_table('timetable',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.Column('spans', sa.JSON(), nullable=False),
    sa.CheckConstraint('weeks BETWEEN 1 AND 520', name=op.f('ck_timetable_weeks')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_timetable_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timetable')),
    sa.UniqueConstraint('project_id', name=op.f('uq_timetable_project_id'))
    )
    with op.batch_alter_table('timetable', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_timetable_project_id'), ['project_id'], unique=False)

    op.create_table('weekly_reader',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_weekly_reader_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_weekly_reader_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_weekly_reader')),
    sa.UniqueConstraint('project_id', 'user_id', name=op.f('uq_weekly_reader_project_id_user_id'))
    )
    with op.batch_alter_table('weekly_reader', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_weekly_reader_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_weekly_reader_user_id'), ['user_id'], unique=False)

    op.create_table('workshop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('hall', sa.Integer(), nullable=False),
    sa.Column('front', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_workshop_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workshop')),
    sa.UniqueConstraint('code', name=op.f('uq_workshop_code')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_workshop_project_id_form_key')),
    sa.UniqueConstraint('slug', name=op.f('uq_workshop_slug'))
    )
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workshop_project_id'), ['project_id'], unique=False)

    op.create_table('alias',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_alias_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_alias_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alias'))
    )
    with op.batch_alter_table('alias', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alias_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_alias_project_id'), ['project_id'], unique=False)

    op.create_table('board',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('phase', sa.String(length=32), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', sa.Integer(), nullable=False),
    sa.Column('agenda', sa.JSON(), nullable=False),
    sa.Column('rings', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left', sa.Integer(), nullable=True),
    sa.Column('is_covered', sa.Boolean(), nullable=False),
    sa.Column('shows_names', sa.Boolean(), nullable=False),
    sa.Column('is_checked', sa.Boolean(), nullable=False),
    sa.Column('tables', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=32), nullable=False),
    sa.Column('dots_each', sa.Integer(), nullable=False),
    sa.Column('dots_per_idea', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('money', sa.Integer(), nullable=True),
    sa.Column('is_secret', sa.Boolean(), nullable=False),
    sa.Column('pulse', sa.Integer(), nullable=False),
    sa.Column('is_record', sa.Boolean(), nullable=False),
    sa.Column('placed', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('placed >= 0', name=op.f('ck_board_placed')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_board_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_board_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board')),
    sa.UniqueConstraint('workshop_id', 'form_key', name=op.f('uq_board_workshop_id_form_key')),
    sa.UniqueConstraint('workshop_id', 'position', name=op.f('uq_board_workshop_id_position'))
    )
    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_project_id'), ['project_id'], unique=False)

    op.create_table('circular',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_circular_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_circular_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_circular')),
    sa.UniqueConstraint('form_key', name=op.f('uq_circular_form_key'))
    )
    with op.batch_alter_table('circular', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_circular_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_circular_survey_id'), ['survey_id'], unique=False)

    op.create_table('concept_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('concept_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('opened', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['concept_id'], ['concept.id'], name=op.f('fk_concept_edition_concept_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_concept_edition_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concept_edition')),
    sa.UniqueConstraint('concept_id', 'form_key', name=op.f('uq_concept_edition_concept_id_form_key')),
    sa.UniqueConstraint('concept_id', 'number', name=op.f('uq_concept_edition_concept_id_number')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_concept_edition_key_hash'))
    )
    with op.batch_alter_table('concept_edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concept_edition_project_id'), ['project_id'], unique=False)

    op.create_table('concept_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('concept_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['concept_id'], ['concept.id'], name=op.f('fk_concept_entry_concept_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_concept_entry_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_concept_entry_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concept_entry')),
    sa.UniqueConstraint('concept_id', 'form_key', name=op.f('uq_concept_entry_concept_id_form_key'))
    )
    with op.batch_alter_table('concept_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_concept_entry_concept_id'), ['concept_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concept_entry_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_concept_entry_project_id'), ['project_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_contact_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_contact_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_contact_organisation_id'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_project_id'), ['project_id'], unique=False)

    op.create_table('contact_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('way', sa.String(), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_contact_reading_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_contact_reading_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_reading'))
    )
    with op.batch_alter_table('contact_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_reading_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_reading_survey_id'), ['survey_id'], unique=False)

    op.create_table('erasure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('done', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_erasure_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_erasure_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure'))
    )
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_project_id'), ['project_id'], unique=False)

    op.create_table('export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('with_names', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_export_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_export_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export'))
    )
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_export_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_export_survey_id'), ['survey_id'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fate', sa.String(length=32), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_finding_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_finding_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('survey_id', 'key', name=op.f('uq_finding_survey_id_key'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_project_id'), ['project_id'], unique=False)

    op.create_table('follower',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_follower_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follower')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('follower', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follower_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('frozen',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('public', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('withdrawn', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_frozen_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_frozen_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_frozen')),
    sa.UniqueConstraint('code', name=op.f('uq_frozen_code')),
    sa.UniqueConstraint('project_id', 'digest', name=op.f('uq_frozen_project_id_digest'))
    )
    with op.batch_alter_table('frozen', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_frozen_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_frozen_survey_id'), ['survey_id'], unique=False)

    op.create_table('funding_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('results', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_funding_check_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_funding_check_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_funding_check')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_funding_check_project_id_form_key'))
    )
    with op.batch_alter_table('funding_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_funding_check_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_funding_check_project_id'), ['project_id'], unique=False)

    op.create_table('guest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('written', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=32), nullable=False),
    sa.Column('answered', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came', sa.Integer(), nullable=True),
    sa.CheckConstraint('came BETWEEN 0 AND 999', name=op.f('ck_guest_came')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_guest_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_guest_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_guest_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_guest_key_hash')),
    sa.UniqueConstraint('meeting_id', 'organisation_id', name=op.f('uq_guest_meeting_id_organisation_id'))
    )
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guest_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_project_id'), ['project_id'], unique=False)

    op.create_table('income_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_income_note_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_income_note_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_income_note')),
    sa.UniqueConstraint('organisation_id', 'form_key', name=op.f('uq_income_note_organisation_id_form_key'))
    )
    with op.batch_alter_table('income_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_income_note_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_income_note_project_id'), ['project_id'], unique=False)

    op.create_table('interview',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('led_by', sa.String(), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('may_quote', sa.Boolean(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_interview_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_interview_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_interview_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview')),
    sa.UniqueConstraint('key', name=op.f('uq_interview_key')),
    sa.UniqueConstraint('survey_id', 'organisation_id', name=op.f('uq_interview_survey_id_organisation_id'))
    )
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interview_project_id'), ['project_id'], unique=False)

    op.create_table('introduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('a_id', sa.Integer(), nullable=False),
    sa.Column('b_id', sa.Integer(), nullable=False),
    sa.Column('broker_id', sa.Integer(), nullable=True),
    sa.Column('survey_id', sa.Integer(), nullable=True),
    sa.Column('stage', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('a_id < b_id', name=op.f('ck_introduction_order')),
    sa.ForeignKeyConstraint(['a_id'], ['organisation.id'], name=op.f('fk_introduction_a_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['b_id'], ['organisation.id'], name=op.f('fk_introduction_b_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['broker_id'], ['organisation.id'], name=op.f('fk_introduction_broker_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_introduction_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_introduction_survey_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction')),
    sa.UniqueConstraint('project_id', 'a_id', 'b_id', name=op.f('uq_introduction_project_id_a_id_b_id'))
    )
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_introduction_project_id'), ['project_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waiting', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written', sa.Integer(), nullable=False),
    sa.Column('bounced', sa.DateTime(timezone=True), nullable=True),
    sa.Column('misdirected', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pointer', sa.String(), nullable=True),
    sa.Column('opened', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_invitation_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_invitation_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('survey_id', 'organisation_id', name=op.f('uq_invitation_survey_id_organisation_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_project_id'), ['project_id'], unique=False)

    op.create_table('language_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_language_release_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_language_release')),
    sa.UniqueConstraint('survey_id', 'language', name=op.f('uq_language_release_survey_id_language'))
    )
    op.create_table('listing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('people', sa.String(length=32), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('locality', sa.String(), nullable=False),
    sa.Column('german', sa.String(), nullable=False),
    sa.Column('times', sa.String(), nullable=False),
    sa.Column('requires', sa.String(), nullable=False),
    sa.Column('besides', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('origin', sa.String(length=32), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('source_key', sa.String(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('met', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('quantity BETWEEN 1 AND 100000', name=op.f('ck_listing_quantity')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_listing_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_listing_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_listing_project_id_form_key')),
    sa.UniqueConstraint('project_id', 'side', 'number', name=op.f('uq_listing_project_id_side_number')),
    sa.UniqueConstraint('project_id', 'source_key', name=op.f('uq_listing_project_id_source_key'))
    )
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listing_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_listing_project_id'), ['project_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_membership_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['provider_id'], ['organisation.id'], name=op.f('fk_membership_provider_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('project_id', 'user_id', name=op.f('uq_membership_project_id_user_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)

    op.create_table('merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.String(), nullable=False),
    sa.CheckConstraint('gone_id <> kept_id', name=op.f('ck_merge_two')),
    sa.ForeignKeyConstraint(['gone_id'], ['organisation.id'], name=op.f('fk_merge_gone_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kept_id'], ['organisation.id'], name=op.f('fk_merge_kept_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_merge_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merge'))
    )
    with op.batch_alter_table('merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_merge_gone_id'), ['gone_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merge_project_id'), ['project_id'], unique=False)
        batch_op.create_index('uq_merge_gone_id', ['gone_id'], unique=True, sqlite_where=sa.text('undone IS NULL'), postgresql_where=sa.text('undone IS NULL'))

    op.create_table('name_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('mentions', sa.JSON(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('is_none', sa.Boolean(), nullable=False),
    sa.Column('has_added', sa.Boolean(), nullable=False),
    sa.Column('alias_id', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_name_decision_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_name_decision_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_name_decision'))
    )
    with op.batch_alter_table('name_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_name_decision_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_name_decision_project_id'), ['project_id'], unique=False)

    op.create_table('named_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('made', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_named_link_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_named_link_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_named_link_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_named_link')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_named_link_key_hash')),
    sa.UniqueConstraint('survey_id', 'organisation_id', name=op.f('uq_named_link_survey_id_organisation_id'))
    )
    with op.batch_alter_table('named_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_named_link_project_id'), ['project_id'], unique=False)

    op.create_table('naming_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('naming', sa.String(length=32), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_naming_decision_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_naming_decision_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_naming_decision'))
    )
    with op.batch_alter_table('naming_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_naming_decision_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_naming_decision_project_id'), ['project_id'], unique=False)

    op.create_table('network_placement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('graph', sa.String(), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_network_placement_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_network_placement_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_placement')),
    sa.UniqueConstraint('survey_id', name=op.f('uq_network_placement_survey_id'))
    )
    with op.batch_alter_table('network_placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_placement_project_id'), ['project_id'], unique=False)

    op.create_table('offering',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=32), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_offering_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_offering_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offering')),
    sa.UniqueConstraint('organisation_id', 'side', 'term', name=op.f('uq_offering_organisation_id_side_term'))
    )
    with op.batch_alter_table('offering', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offering_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offering_project_id'), ['project_id'], unique=False)

    op.create_table('outlook',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('ahead', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('questions', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_outlook_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_outlook_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outlook')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_outlook_workshop_id'))
    )
    with op.batch_alter_table('outlook', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outlook_project_id'), ['project_id'], unique=False)

    op.create_table('participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sector', sa.String(length=32), nullable=True),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('is_host', sa.Boolean(), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('joined', sa.DateTime(timezone=True), nullable=False),
    sa.Column('table', sa.Integer(), nullable=True),
    sa.Column('ready', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['host_id'], ['participant.id'], name=op.f('fk_participant_host_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_participant_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_participant_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('host_id', 'form_key', name=op.f('uq_participant_host_id_form_key')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_participant_key_hash'))
    )
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_host_id'), ['host_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participant_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participant_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('phrasing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_phrasing_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_phrasing_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phrasing')),
    sa.UniqueConstraint('survey_id', 'occasion', 'language', name=op.f('uq_phrasing_survey_id_occasion_language'))
    )
    with op.batch_alter_table('phrasing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phrasing_project_id'), ['project_id'], unique=False)

    op.create_table('recorded_tie',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('a_id', sa.Integer(), nullable=False),
    sa.Column('b_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=32), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('strength', sa.Integer(), nullable=False),
    sa.Column('is_directed', sa.Boolean(), nullable=False),
    sa.Column('seen', sa.Date(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('removed', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('a_id <> b_id', name=op.f('ck_recorded_tie_two')),
    sa.CheckConstraint('strength BETWEEN 0 AND 3', name=op.f('ck_recorded_tie_strength')),
    sa.ForeignKeyConstraint(['a_id'], ['organisation.id'], name=op.f('fk_recorded_tie_a_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['b_id'], ['organisation.id'], name=op.f('fk_recorded_tie_b_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_recorded_tie_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recorded_tie')),
    sa.UniqueConstraint('project_id', 'source', 'a_id', 'b_id', 'about', 'kind', name=op.f('uq_recorded_tie_project_id_source_a_id_b_id_about_kind'))
    )
    with op.batch_alter_table('recorded_tie', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recorded_tie_a_id'), ['a_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recorded_tie_b_id'), ['b_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recorded_tie_project_id'), ['project_id'], unique=False)

    op.create_table('resolution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('done', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_resolution_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_resolution_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resolution')),
    sa.UniqueConstraint('meeting_id', 'form_key', name=op.f('uq_resolution_meeting_id_form_key'))
    )
    with op.batch_alter_table('resolution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resolution_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_resolution_project_id'), ['project_id'], unique=False)

    op.create_table('results_wish',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_results_wish_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_results_wish')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('results_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_results_wish_survey_id'), ['survey_id'], unique=False)

    op.create_table('room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('locality', sa.String(), nullable=False),
    sa.Column('step_free', sa.Boolean(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('seats BETWEEN 1 AND 10000', name=op.f('ck_room_seats')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_room_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_room_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_room_project_id_form_key'))
    )
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_room_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_room_project_id'), ['project_id'], unique=False)

    op.create_table('shared_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('view', sa.JSON(), nullable=False),
    sa.Column('naming', sa.String(length=32), nullable=False),
    sa.Column('made', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_shared_view_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_shared_view_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_view')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_shared_view_key_hash')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_shared_view_project_id_form_key'))
    )
    with op.batch_alter_table('shared_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shared_view_project_id'), ['project_id'], unique=False)

    op.create_table('speaker_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_speaker_link_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_speaker_link_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speaker_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_speaker_link_token_hash'))
    )
    with op.batch_alter_table('speaker_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_speaker_link_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_speaker_link_survey_id'), ['survey_id'], unique=False)

    op.create_table('staff_invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=True),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_staff_invitation_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['provider_id'], ['organisation.id'], name=op.f('fk_staff_invitation_provider_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_invitation')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_staff_invitation_key_hash'))
    )
    with op.batch_alter_table('staff_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_invitation_project_id'), ['project_id'], unique=False)

    op.create_table('survey_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('created', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_version_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_version')),
    sa.UniqueConstraint('survey_id', 'number', name=op.f('uq_survey_version_survey_id_number'))
    )
    op.create_table('task_force_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('affiliation', sa.String(), nullable=False),
    sa.Column('sector', sa.String(length=32), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_task_force_member_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_task_force_member_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_force_member')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_task_force_member_project_id_form_key'))
    )
    with op.batch_alter_table('task_force_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_force_member_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_force_member_project_id'), ['project_id'], unique=False)

    op.create_table('telling',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_telling_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_telling_workshop_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telling')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_telling_project_id_form_key'))
    )
    with op.batch_alter_table('telling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_telling_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_telling_workshop_id'), ['workshop_id'], unique=False)

    op.create_table('tie_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('says', sa.String(length=32), nullable=False),
    sa.Column('confirms', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_tie_reply_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['organisation.id'], name=op.f('fk_tie_reply_other_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_tie_reply_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_tie_reply_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tie_reply')),
    sa.UniqueConstraint('survey_id', 'organisation_id', 'other_id', name=op.f('uq_tie_reply_survey_id_organisation_id_other_id'))
    )
    with op.batch_alter_table('tie_reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tie_reply_project_id'), ['project_id'], unique=False)

    op.create_table('tie_verdict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('a_id', sa.Integer(), nullable=False),
    sa.Column('b_id', sa.Integer(), nullable=False),
    sa.Column('holds', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('a_id < b_id', name=op.f('ck_tie_verdict_order')),
    sa.ForeignKeyConstraint(['a_id'], ['organisation.id'], name=op.f('fk_tie_verdict_a_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['b_id'], ['organisation.id'], name=op.f('fk_tie_verdict_b_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_tie_verdict_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_tie_verdict_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tie_verdict')),
    sa.UniqueConstraint('survey_id', 'a_id', 'b_id', name=op.f('uq_tie_verdict_survey_id_a_id_b_id'))
    )
    with op.batch_alter_table('tie_verdict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tie_verdict_project_id'), ['project_id'], unique=False)

    op.create_table('translation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('given', sa.String(), nullable=False),
    sa.Column('checked_by', sa.String(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_translation_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_translation')),
    sa.UniqueConstraint('survey_id', 'language', 'key', name=op.f('uq_translation_survey_id_language_key'))
    )
    op.create_table('advice_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('again', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('provider_id', sa.Integer(), nullable=True),
    sa.Column('begun', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('closed', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(outcome IS NULL) = (closed IS NULL)', name=op.f('ck_advice_case_closed_with_outcome')),
    sa.CheckConstraint('owner_id IS NULL OR provider_id IS NULL', name=op.f('ck_advice_case_one_owner')),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_advice_case_listing_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_advice_case_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['membership.id'], name=op.f('fk_advice_case_owner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_advice_case_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['provider_id'], ['organisation.id'], name=op.f('fk_advice_case_provider_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advice_case')),
    sa.UniqueConstraint('organisation_id', 'term', 'turn', name=op.f('uq_advice_case_organisation_id_term_turn')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_advice_case_project_id_form_key')),
    sa.UniqueConstraint('project_id', 'number', name=op.f('uq_advice_case_project_id_number'))
    )
    with op.batch_alter_table('advice_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advice_case_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advice_case_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advice_case_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advice_case_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advice_case_provider_id'), ['provider_id'], unique=False)

    op.create_table('agenda_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('notes', sa.String(), nullable=False),
    sa.Column('introduction_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 0 AND 600', name=op.f('ck_agenda_item_minutes')),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_agenda_item_introduction_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_agenda_item_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
    sa.UniqueConstraint('meeting_id', 'form_key', name=op.f('uq_agenda_item_meeting_id_form_key')),
    sa.UniqueConstraint('meeting_id', 'introduction_id', name=op.f('uq_agenda_item_meeting_id_introduction_id'))
    )
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_item_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_item_project_id'), ['project_id'], unique=False)

    op.create_table('anonymous_response',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('ticket_hash', sa.String(), nullable=True),
    sa.Column('card_hash', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('device_change', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('saved', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counted', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind = 'anonymous'", name=op.f('ck_anonymous_response_kind')),
    sa.ForeignKeyConstraint(['survey_id', 'kind'], ['survey.id', 'survey.kind'], name='fk_anonymous_response_kind', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['survey_version.id'], name=op.f('fk_anonymous_response_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_anonymous_response')),
    sa.UniqueConstraint('card_hash', name=op.f('uq_anonymous_response_card_hash')),
    sa.UniqueConstraint('ticket_hash', name=op.f('uq_anonymous_response_ticket_hash')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('anonymous_response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_anonymous_response_survey_id'), ['survey_id'], unique=False)

    op.create_table('calendar_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=True),
    sa.Column('found', sa.JSON(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_calendar_import_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_calendar_import_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_calendar_import_room_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_import')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_calendar_import_project_id_form_key'))
    )
    with op.batch_alter_table('calendar_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_import_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_calendar_import_project_id'), ['project_id'], unique=False)

    op.create_table('calendar_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('made', sa.DateTime(timezone=True), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_calendar_link_membership_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_calendar_link_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_link')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_calendar_link_key_hash')),
    sa.UniqueConstraint('membership_id', name=op.f('uq_calendar_link_membership_id'))
    )
    with op.batch_alter_table('calendar_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_link_project_id'), ['project_id'], unique=False)

    op.create_table('challenge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('origin', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_challenge_board_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge')),
    sa.UniqueConstraint('board_id', 'position', name=op.f('uq_challenge_board_id_position'))
    )
    op.create_table('cluster',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('is_gone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_cluster_board_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_cluster_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster'))
    )
    with op.batch_alter_table('cluster', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cluster_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cluster_project_id'), ['project_id'], unique=False)

    op.create_table('concept_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('entry', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('resolved', sa.DateTime(timezone=True), nullable=True),
    sa.Column('word_hash', sa.String(), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deleted_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['concept_edition.id'], name=op.f('fk_concept_comment_edition_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_concept_comment_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_concept_comment')),
    sa.UniqueConstraint('edition_id', 'form_key', name=op.f('uq_concept_comment_edition_id_form_key'))
    )
    with op.batch_alter_table('concept_comment', schema=None) as batch_op:
        batch_op.create_index('ix_concept_comment_edition', ['edition_id', 'entry'], unique=False)
        batch_op.create_index(batch_op.f('ix_concept_comment_project_id'), ['project_id'], unique=False)

    op.create_table('device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('added', sa.Date(), nullable=False),
    sa.Column('used', sa.Date(), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['membership.id'], name=op.f('fk_device_membership_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_device_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_device_project_id_form_key')),
    sa.UniqueConstraint('username', name=op.f('uq_device_username'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_device_membership_id'), ['membership_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_device_project_id'), ['project_id'], unique=False)

    op.create_table('match',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('need_id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_match_quantity')),
    sa.ForeignKeyConstraint(['need_id'], ['listing.id'], name=op.f('fk_match_need_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['offer_id'], ['listing.id'], name=op.f('fk_match_offer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_match_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match')),
    sa.UniqueConstraint('need_id', 'offer_id', name=op.f('uq_match_need_id_offer_id'))
    )
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_match_offer_id'), ['offer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_match_project_id'), ['project_id'], unique=False)

    op.create_table('ranking_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('answered', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_out', sa.Boolean(), nullable=False),
    sa.Column('nonce', sa.String(), nullable=False),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.CheckConstraint('seats BETWEEN 1 AND 1000', name=op.f('ck_ranking_place_seats')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_ranking_place_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['ranking_round.id'], name=op.f('fk_ranking_place_round_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['listing.id'], name=op.f('fk_ranking_place_vacancy_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_place')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_ranking_place_key_hash')),
    sa.UniqueConstraint('round_id', 'vacancy_id', name=op.f('uq_ranking_place_round_id_vacancy_id'))
    )
    with op.batch_alter_table('ranking_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranking_place_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_place_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('recording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('text_digest', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.Column('spoken', sa.Date(), nullable=False),
    sa.Column('checked', sa.Date(), nullable=True),
    sa.Column('link_id', sa.Integer(), nullable=True),
    sa.Column('sound', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['speaker_link.id'], name=op.f('fk_recording_link_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_recording_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_recording_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recording')),
    sa.UniqueConstraint('survey_id', 'language', 'key', name=op.f('uq_recording_survey_id_language_key'))
    )
    with op.batch_alter_table('recording', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recording_link_id'), ['link_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recording_project_id'), ['project_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Date(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.CheckConstraint('people BETWEEN 1 AND 1000', name=op.f('ck_release_people')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_release_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['provider_id'], ['organisation.id'], name=op.f('fk_release_provider_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['listing.id'], name=op.f('fk_release_vacancy_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_release_project_id_form_key'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_release_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('response',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('key_hash', sa.String(), nullable=False),
    sa.Column('card_hash', sa.String(), nullable=True),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('typist', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('device_change', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('begun', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('leading', sa.Boolean(), nullable=False),
    sa.Column('chosen', sa.Boolean(), nullable=False),
    sa.Column('corrected', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counted', sa.JSON(none_as_null=True), nullable=True),
    sa.CheckConstraint("kind <> 'anonymous'", name=op.f('ck_response_kind')),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_response_invitation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_response_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_response_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id', 'kind'], ['survey.id', 'survey.kind'], name='fk_response_kind', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_response_survey_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['survey_version.id'], name=op.f('fk_response_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response')),
    sa.UniqueConstraint('card_hash', name=op.f('uq_response_card_hash')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_response_key_hash')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_index('ix_response_of', ['survey_id', 'organisation_id', 'submitted'], unique=False)
        batch_op.create_index(batch_op.f('ix_response_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_response_project_id'), ['project_id'], unique=False)
        batch_op.create_index('ix_response_read', ['survey_id', 'submitted', 'id', 'revision', 'leading', 'organisation_id'], unique=False, sqlite_where=sa.text('submitted IS NOT NULL'), postgresql_where=sa.text('submitted IS NOT NULL'))
        batch_op.create_index('ix_response_survey_id_submitted', ['survey_id', 'submitted'], unique=False)

    op.create_table('round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=32), nullable=False),
    sa.Column('each', sa.Integer(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('money', sa.Integer(), nullable=True),
    sa.Column('is_secret', sa.Boolean(), nullable=False),
    sa.Column('is_forgotten', sa.Boolean(), nullable=False),
    sa.Column('proof', sa.String(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('options_hash', sa.String(), nullable=False),
    sa.Column('opened', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed', sa.DateTime(timezone=True), nullable=True),
    sa.Column('papers', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('result_hash', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_round_board_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_round_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('board_id', 'number', name=op.f('uq_round_board_id_number'))
    )
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_project_id'), ['project_id'], unique=False)

    op.create_table('sifted',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('sifting_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_sifted_listing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_sifted_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sifting_id'], ['sifting.id'], name=op.f('fk_sifted_sifting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sifted')),
    sa.UniqueConstraint('project_id', 'key', name=op.f('uq_sifted_project_id_key'))
    )
    with op.batch_alter_table('sifted', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sifted_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sifted_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sifted_sifting_id'), ['sifting_id'], unique=False)

    op.create_table('sorting_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('taken', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undoes', sa.Integer(), nullable=True),
    sa.Column('is_undone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_sorting_step_board_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_sorting_step_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sorting_step')),
    sa.UniqueConstraint('board_id', 'form_key', name=op.f('uq_sorting_step_board_id_form_key')),
    sa.UniqueConstraint('board_id', 'number', name=op.f('uq_sorting_step_board_id_number'))
    )
    with op.batch_alter_table('sorting_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sorting_step_project_id'), ['project_id'], unique=False)

    op.create_table('agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_agreement_response_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['text_id'], ['consent_text.id'], name=op.f('fk_agreement_text_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement')),
    sa.UniqueConstraint('response_id', 'question', name=op.f('uq_agreement_response_id_question'))
    )
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_text_id'), ['text_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_attachment_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('response_id', 'name', name=op.f('uq_attachment_response_id_name'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_response_id'), ['response_id'], unique=False)

    op.create_table('ballot',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('receipt', sa.String(), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('sector', sa.String(length=32), nullable=True),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('given', sa.Integer(), nullable=False),
    sa.Column('spent', sa.Integer(), nullable=False),
    sa.Column('marks', sa.Integer(), nullable=False),
    sa.Column('moves', sa.Integer(), nullable=False),
    sa.CheckConstraint('people > 0', name=op.f('ck_ballot_people')),
    sa.CheckConstraint('spent BETWEEN 0 AND given', name=op.f('ck_ballot_enough')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_ballot_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'receipt', name=op.f('pk_ballot')),
    sqlite_with_rowid=False
    )
    op.create_table('case_appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('was', sa.String(length=32), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['advice_case.id'], name=op.f('fk_case_appointment_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_case_appointment_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_appointment')),
    sa.UniqueConstraint('case_id', 'form_key', name=op.f('uq_case_appointment_case_id_form_key'))
    )
    with op.batch_alter_table('case_appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_appointment_project_id'), ['project_id'], unique=False)

    op.create_table('case_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('whom', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['advice_case.id'], name=op.f('fk_case_event_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_case_event_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_event')),
    sa.UniqueConstraint('case_id', 'form_key', name=op.f('uq_case_event_case_id_form_key'))
    )
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_event_project_id'), ['project_id'], unique=False)

    op.create_table('case_handover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=True),
    sa.Column('to_provider_id', sa.Integer(), nullable=True),
    sa.Column('promised', sa.String(), nullable=False),
    sa.Column('next', sa.String(), nullable=False),
    sa.Column('waits', sa.Boolean(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.CheckConstraint('to_id IS NULL OR to_provider_id IS NULL', name=op.f('ck_case_handover_one_receiver')),
    sa.ForeignKeyConstraint(['case_id'], ['advice_case.id'], name=op.f('fk_case_handover_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_case_handover_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_id'], ['membership.id'], name=op.f('fk_case_handover_to_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_provider_id'], ['organisation.id'], name=op.f('fk_case_handover_to_provider_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_handover')),
    sa.UniqueConstraint('case_id', 'form_key', name=op.f('uq_case_handover_case_id_form_key')),
    sa.UniqueConstraint('case_id', 'waits', name=op.f('uq_case_handover_case_id_waits'))
    )
    with op.batch_alter_table('case_handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_handover_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_handover_to_id'), ['to_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_handover_to_provider_id'), ['to_provider_id'], unique=False)

    op.create_table('conversation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('draft', sa.String(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_conversation_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['provider_id'], ['organisation.id'], name=op.f('fk_conversation_provider_id')),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_conversation_response_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_conversation_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    sa.UniqueConstraint('project_id', 'provider_id', 'code', name=op.f('uq_conversation_project_id_provider_id_code')),
    sa.UniqueConstraint('response_id', name=op.f('uq_conversation_response_id'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conversation_provider_id'), ['provider_id'], unique=False)

    op.create_table('doubt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_doubt_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doubt')),
    sa.UniqueConstraint('response_id', 'field', name=op.f('uq_doubt_response_id_field'))
    )
    op.create_table('idea',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('challenge_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=True),
    sa.Column('interview_id', sa.Integer(), nullable=True),
    sa.Column('ballot_key', sa.String(), nullable=True),
    sa.Column('cost', sa.Integer(), nullable=True),
    sa.Column('table', sa.Integer(), nullable=True),
    sa.Column('is_waiting', sa.Boolean(), nullable=False),
    sa.Column('taken_down', sa.Boolean(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=True),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['participant.id'], name=op.f('fk_idea_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_idea_board_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_idea_challenge_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_idea_cluster_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_idea_interview_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merged_into_id'], ['idea.id'], name=op.f('fk_idea_merged_into_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_idea_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_idea_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_idea')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_idea_author_id_form_key')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('idea', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_idea_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_idea_cluster_id'), ['cluster_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_idea_interview_id'), ['interview_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_idea_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_idea_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_idea_response_id'), ['response_id'], unique=False)
        batch_op.create_index('uq_idea_brought', ['board_id', 'form_key'], unique=True, sqlite_where=sa.text('author_id IS NULL'), postgresql_where=sa.text('author_id IS NULL'))

    op.create_table('mention',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('instance', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sector', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('is_none', sa.Boolean(), nullable=False),
    sa.Column('given', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_mention_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_mention_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_mention_response_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_mention_survey_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mention')),
    sa.UniqueConstraint('response_id', 'question', 'instance', name=op.f('uq_mention_response_id_question_instance'))
    )
    with op.batch_alter_table('mention', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mention_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mention_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mention_response_id'), ['response_id'], unique=False)

    op.create_table('occasion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=True),
    sa.Column('elsewhere', sa.String(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('starts', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('uid', sa.String(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 1 AND 44640', name=op.f('ck_occasion_minutes')),
    sa.CheckConstraint('taken >= 0 AND (seats IS NULL OR taken <= seats)', name=op.f('ck_occasion_places')),
    sa.ForeignKeyConstraint(['import_id'], ['calendar_import.id'], name=op.f('fk_occasion_import_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_occasion_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_occasion_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_occasion_room_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occasion')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_occasion_project_id_form_key'))
    )
    with op.batch_alter_table('occasion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occasion_import_id'), ['import_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occasion_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occasion_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_occasion_room_id'), ['room_id'], unique=False)

    op.create_table('paper_sheet',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False),
    sa.Column('moves', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_paper_sheet_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'number', name=op.f('pk_paper_sheet')),
    sqlite_with_rowid=False
    )
    op.create_table('paper_stack',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('printed', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_paper_stack_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_paper_stack'))
    )
    op.create_table('paper_tally',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('moves', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_paper_tally_people')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_paper_tally_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', name=op.f('pk_paper_tally'))
    )
    op.create_table('passage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=True),
    sa.Column('interview_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('begins', sa.Integer(), nullable=False),
    sa.Column('ends', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('meaning', sa.String(length=32), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.CheckConstraint('(response_id IS NULL) <> (interview_id IS NULL)', name=op.f('ck_passage_source')),
    sa.CheckConstraint('0 <= begins AND begins < ends', name=op.f('ck_passage_stretch')),
    sa.ForeignKeyConstraint(['interview_id'], ['interview.id'], name=op.f('fk_passage_interview_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_passage_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_passage_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage')),
    sa.UniqueConstraint('interview_id', 'question', 'begins', 'ends', 'meaning', 'term', name=op.f('uq_passage_interview_id_question_begins_ends_meaning_term')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_passage_project_id_form_key')),
    sa.UniqueConstraint('response_id', 'question', 'begins', 'ends', 'meaning', 'term', name=op.f('uq_passage_response_id_question_begins_ends_meaning_term')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('passage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passage_meaning'), ['meaning'], unique=False)
        batch_op.create_index(batch_op.f('ix_passage_project_id'), ['project_id'], unique=False)

    op.create_table('sealed_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_sealed_answer_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_answer')),
    sa.UniqueConstraint('response_id', 'question', name=op.f('uq_sealed_answer_response_id_question'))
    )
    op.create_table('shared_idea',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('fate', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.CheckConstraint("(fate = 'withheld') = (text = '')", name=op.f('ck_shared_idea_text')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_shared_idea_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_shared_idea_response_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_idea')),
    sa.UniqueConstraint('response_id', 'question', name=op.f('uq_shared_idea_response_id_question')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('shared_idea', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shared_idea_project_id'), ['project_id'], unique=False)

    op.create_table('card_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('taken_down', sa.Boolean(), nullable=False),
    sa.Column('taken_back', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['participant.id'], name=op.f('fk_card_comment_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_card_comment_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_card_comment_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_comment')),
    sa.UniqueConstraint('author_id', 'form_key', name=op.f('uq_card_comment_author_id_form_key'))
    )
    with op.batch_alter_table('card_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_comment_idea_id'), ['idea_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_comment_project_id'), ['project_id'], unique=False)

    op.create_table('card_picture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('small', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_card_picture_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_card_picture_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_picture')),
    sa.UniqueConstraint('idea_id', name=op.f('uq_card_picture_idea_id'))
    )
    with op.batch_alter_table('card_picture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_picture_project_id'), ['project_id'], unique=False)

    op.create_table('card_translation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.String(length=32), nullable=False),
    sa.Column('is_old', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_card_translation_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_card_translation_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_translation')),
    sa.UniqueConstraint('idea_id', 'language', name=op.f('uq_card_translation_idea_id_language'))
    )
    with op.batch_alter_table('card_translation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_translation_project_id'), ['project_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("outcome NOT IN ('later', 'no') OR reason <> ''", name=op.f('ck_decision_reason')),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_decision_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['organisation.id'], name=op.f('fk_decision_owner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['partner_id'], ['idea.id'], name=op.f('fk_decision_partner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_decision_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('idea_id', 'number', name=op.f('uq_decision_idea_id_number'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_project_id'), ['project_id'], unique=False)

    op.create_table('follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_follow_up_idea_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_follow_up_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up')),
    sa.UniqueConstraint('idea_id', 'form_key', name=op.f('uq_follow_up_idea_id_form_key'))
    )
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_up_project_id'), ['project_id'], unique=False)

    op.create_table('listing_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('listing_id', sa.Integer(), nullable=False),
    sa.Column('term', sa.String(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=True),
    sa.Column('passage_id', sa.Integer(), nullable=True),
    sa.Column('survey_id', sa.Integer(), nullable=True),
    sa.Column('kept', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['listing_id'], ['listing.id'], name=op.f('fk_listing_source_listing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_listing_source_passage_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_listing_source_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['response_id'], ['response.id'], name=op.f('fk_listing_source_response_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_listing_source_survey_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing_source'))
    )
    with op.batch_alter_table('listing_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listing_source_listing_id'), ['listing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_listing_source_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_listing_source_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_listing_source_response_id'), ['response_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_listing_source_survey_id'), ['survey_id'], unique=False)

    op.create_table('mark',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('receipt', sa.String(), nullable=False),
    sa.Column('option', sa.String(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.CheckConstraint('value BETWEEN least AND most', name=op.f('ck_mark_limit')),
    sa.ForeignKeyConstraint(['round_id', 'receipt'], ['ballot.round_id', 'ballot.receipt'], name=op.f('fk_mark_round_id_receipt'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'receipt', 'option', name=op.f('pk_mark')),
    sqlite_with_rowid=False
    )
    op.create_table('paper_typing',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('scribe', sa.String(), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['round_id', 'number'], ['paper_sheet.round_id', 'paper_sheet.number'], name=op.f('fk_paper_typing_round_id_number'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'number', 'scribe', name=op.f('pk_paper_typing')),
    sqlite_with_rowid=False
    )
    op.create_table('ranking_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.String(), nullable=False),
    sa.Column('german', sa.String(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('wishes', sa.JSON(), nullable=False),
    sa.Column('agreed', sa.Date(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('release_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('hours BETWEEN 1 AND 48', name=op.f('ck_ranking_person_hours')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_ranking_person_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['ranking_place.id'], name=op.f('fk_ranking_person_place_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_ranking_person_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_ranking_person_release_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_id'], ['ranking_round.id'], name=op.f('fk_ranking_person_round_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_person')),
    sa.UniqueConstraint('round_id', 'conversation_id', name=op.f('uq_ranking_person_round_id_conversation_id'))
    )
    with op.batch_alter_table('ranking_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranking_person_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_person_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_person_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_person_release_id'), ['release_id'], unique=False)

    op.create_table('reservation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('occasion_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.CheckConstraint('places BETWEEN 1 AND 10000', name=op.f('ck_reservation_places')),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasion.id'], name=op.f('fk_reservation_occasion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_reservation_organisation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_reservation_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reservation')),
    sa.UniqueConstraint('occasion_id', 'form_key', name=op.f('uq_reservation_occasion_id_form_key'))
    )
    with op.batch_alter_table('reservation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reservation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reservation_project_id'), ['project_id'], unique=False)

    op.create_table('slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('occasion_id', sa.Integer(), nullable=False),
    sa.Column('starts', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled', sa.Boolean(), nullable=False),
    sa.CheckConstraint('starts < ends', name=op.f('ck_slot_order')),
    sa.ForeignKeyConstraint(['occasion_id'], ['occasion.id'], name=op.f('fk_slot_occasion_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_slot_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
    sa.UniqueConstraint('occasion_id', 'starts', name=op.f('uq_slot_occasion_id_starts'))
    )
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slot_project_id'), ['project_id'], unique=False)
        batch_op.create_index('ix_slot_project_id_starts', ['project_id', 'starts'], unique=False)

    op.create_table('venture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('stage', sa.String(length=32), nullable=False),
    sa.Column('idea_id', sa.Integer(), nullable=True),
    sa.Column('cluster_id', sa.Integer(), nullable=True),
    sa.Column('concept_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('legal_form', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('opening_cents', sa.Integer(), nullable=False),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('employer_permille', sa.Integer(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('employer_permille BETWEEN 0 AND 1000', name=op.f('ck_venture_employer_permille')),
    sa.ForeignKeyConstraint(['cluster_id'], ['cluster.id'], name=op.f('fk_venture_cluster_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['concept_id'], ['concept.id'], name=op.f('fk_venture_concept_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['idea_id'], ['idea.id'], name=op.f('fk_venture_idea_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_venture_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_project_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture')),
    sa.UniqueConstraint('cluster_id', name=op.f('uq_venture_cluster_id')),
    sa.UniqueConstraint('concept_id', name=op.f('uq_venture_concept_id')),
    sa.UniqueConstraint('idea_id', name=op.f('uq_venture_idea_id')),
    sa.UniqueConstraint('project_id', 'form_key', name=op.f('uq_venture_project_id_form_key'))
    )
    with op.batch_alter_table('venture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_venture_project_id'), ['project_id'], unique=False)

    op.create_table('venture_backing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_backing_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_backing_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_backing')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_backing_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_backing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_backing_project_id'), ['project_id'], unique=False)

    op.create_table('venture_canvas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_canvas_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_canvas_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_canvas')),
    sa.UniqueConstraint('venture_id', 'field', 'number', name=op.f('uq_venture_canvas_venture_id_field_number'))
    )
    with op.batch_alter_table('venture_canvas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_canvas_project_id'), ['project_id'], unique=False)

    op.create_table('venture_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('stage', sa.String(length=32), nullable=True),
    sa.Column('missing', sa.JSON(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_event_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_event_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_event'))
    )
    with op.batch_alter_table('venture_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_event_project_id'), ['project_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_venture_event_venture_id'), ['venture_id'], unique=False)

    op.create_table('venture_flow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('direction', sa.String(length=32), nullable=False),
    sa.Column('amount_cents', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_flow_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_flow_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_flow')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_flow_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_flow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_flow_project_id'), ['project_id'], unique=False)

    op.create_table('venture_funding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('amount_cents', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('paid', sa.Date(), nullable=False),
    sa.Column('is_own', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_funding_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_funding_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_funding')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_funding_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_funding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_funding_project_id'), ['project_id'], unique=False)

    op.create_table('venture_job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('isco', sa.String(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('wage_cents', sa.Integer(), nullable=False),
    sa.Column('german', sa.String(), nullable=False),
    sa.Column('subsidy', sa.String(length=32), nullable=False),
    sa.Column('is_granted', sa.Boolean(), nullable=False),
    sa.Column('is_collective', sa.Boolean(), nullable=False),
    sa.Column('filled', sa.Date(), nullable=True),
    sa.Column('ended', sa.Date(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_job_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_job_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_job')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_job_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_job_project_id'), ['project_id'], unique=False)

    op.create_table('venture_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('has_experience', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_venture_member_organisation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_member_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_member_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_member')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_member_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_member_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_venture_member_project_id'), ['project_id'], unique=False)

    op.create_table('venture_milestone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('done', sa.Date(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_milestone_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_milestone_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_milestone')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_milestone_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_milestone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_milestone_project_id'), ['project_id'], unique=False)

    op.create_table('venture_pilot_month',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('income_cents', sa.Integer(), nullable=False),
    sa.Column('cost_cents', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('venture_id', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_venture_pilot_month_project_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['venture_id'], ['venture.id'], name=op.f('fk_venture_pilot_month_venture_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venture_pilot_month')),
    sa.UniqueConstraint('venture_id', 'form_key', name=op.f('uq_venture_pilot_month_venture_id_form_key'))
    )
    with op.batch_alter_table('venture_pilot_month', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_venture_pilot_month_project_id'), ['project_id'], unique=False)



def downgrade() -> None:
    # Every table of the first version, as the models say.
    with op.batch_alter_table('venture_pilot_month', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_pilot_month_project_id'))

    op.drop_table('venture_pilot_month')
    with op.batch_alter_table('venture_milestone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_milestone_project_id'))

    op.drop_table('venture_milestone')
    with op.batch_alter_table('venture_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_member_project_id'))
        batch_op.drop_index(batch_op.f('ix_venture_member_organisation_id'))

    op.drop_table('venture_member')
    with op.batch_alter_table('venture_job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_job_project_id'))

    op.drop_table('venture_job')
    with op.batch_alter_table('venture_funding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_funding_project_id'))

    op.drop_table('venture_funding')
    with op.batch_alter_table('venture_flow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_flow_project_id'))

    op.drop_table('venture_flow')
    with op.batch_alter_table('venture_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_event_venture_id'))
        batch_op.drop_index(batch_op.f('ix_venture_event_project_id'))

    op.drop_table('venture_event')
    with op.batch_alter_table('venture_canvas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_canvas_project_id'))

    op.drop_table('venture_canvas')
    with op.batch_alter_table('venture_backing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_backing_project_id'))

    op.drop_table('venture_backing')
    with op.batch_alter_table('venture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_venture_project_id'))
        batch_op.drop_index(batch_op.f('ix_venture_organisation_id'))

    op.drop_table('venture')
    with op.batch_alter_table('slot', schema=None) as batch_op:
        batch_op.drop_index('ix_slot_project_id_starts')
        batch_op.drop_index(batch_op.f('ix_slot_project_id'))

    op.drop_table('slot')
    with op.batch_alter_table('reservation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reservation_project_id'))
        batch_op.drop_index(batch_op.f('ix_reservation_organisation_id'))

    op.drop_table('reservation')
    with op.batch_alter_table('ranking_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ranking_person_release_id'))
        batch_op.drop_index(batch_op.f('ix_ranking_person_project_id'))
        batch_op.drop_index(batch_op.f('ix_ranking_person_place_id'))
        batch_op.drop_index(batch_op.f('ix_ranking_person_conversation_id'))

    op.drop_table('ranking_person')
    op.drop_table('paper_typing')
    op.drop_table('mark')
    with op.batch_alter_table('listing_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listing_source_survey_id'))
        batch_op.drop_index(batch_op.f('ix_listing_source_response_id'))
        batch_op.drop_index(batch_op.f('ix_listing_source_project_id'))
        batch_op.drop_index(batch_op.f('ix_listing_source_passage_id'))
        batch_op.drop_index(batch_op.f('ix_listing_source_listing_id'))

    op.drop_table('listing_source')
    with op.batch_alter_table('follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_up_project_id'))

    op.drop_table('follow_up')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_project_id'))
        batch_op.drop_index(batch_op.f('ix_decision_owner_id'))

    op.drop_table('decision')
    with op.batch_alter_table('card_translation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_translation_project_id'))

    op.drop_table('card_translation')
    with op.batch_alter_table('card_picture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_picture_project_id'))

    op.drop_table('card_picture')
    with op.batch_alter_table('card_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_comment_project_id'))
        batch_op.drop_index(batch_op.f('ix_card_comment_idea_id'))

    op.drop_table('card_comment')
    with op.batch_alter_table('shared_idea', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shared_idea_project_id'))

    op.drop_table('shared_idea')
    op.drop_table('sealed_answer')
    with op.batch_alter_table('passage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passage_project_id'))
        batch_op.drop_index(batch_op.f('ix_passage_meaning'))

    op.drop_table('passage')
    op.drop_table('paper_tally')
    op.drop_table('paper_stack')
    op.drop_table('paper_sheet')
    with op.batch_alter_table('occasion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occasion_room_id'))
        batch_op.drop_index(batch_op.f('ix_occasion_project_id'))
        batch_op.drop_index(batch_op.f('ix_occasion_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_occasion_import_id'))

    op.drop_table('occasion')
    with op.batch_alter_table('mention', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mention_response_id'))
        batch_op.drop_index(batch_op.f('ix_mention_project_id'))
        batch_op.drop_index(batch_op.f('ix_mention_organisation_id'))

    op.drop_table('mention')
    with op.batch_alter_table('idea', schema=None) as batch_op:
        batch_op.drop_index('uq_idea_brought', sqlite_where=sa.text('author_id IS NULL'), postgresql_where=sa.text('author_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_idea_response_id'))
        batch_op.drop_index(batch_op.f('ix_idea_project_id'))
        batch_op.drop_index(batch_op.f('ix_idea_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_idea_interview_id'))
        batch_op.drop_index(batch_op.f('ix_idea_cluster_id'))
        batch_op.drop_index(batch_op.f('ix_idea_board_id'))

    op.drop_table('idea')
    op.drop_table('doubt')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conversation_provider_id'))
        batch_op.drop_index(batch_op.f('ix_conversation_project_id'))

    op.drop_table('conversation')
    with op.batch_alter_table('case_handover', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_handover_to_provider_id'))
        batch_op.drop_index(batch_op.f('ix_case_handover_to_id'))
        batch_op.drop_index(batch_op.f('ix_case_handover_project_id'))

    op.drop_table('case_handover')
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_event_project_id'))

    op.drop_table('case_event')
    with op.batch_alter_table('case_appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_appointment_project_id'))

    op.drop_table('case_appointment')
    op.drop_table('ballot')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_response_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_text_id'))

    op.drop_table('agreement')
    with op.batch_alter_table('sorting_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sorting_step_project_id'))

    op.drop_table('sorting_step')
    with op.batch_alter_table('sifted', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sifted_sifting_id'))
        batch_op.drop_index(batch_op.f('ix_sifted_project_id'))
        batch_op.drop_index(batch_op.f('ix_sifted_listing_id'))

    op.drop_table('sifted')
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_project_id'))
        batch_op.drop_index(batch_op.f('ix_round_board_id'))

    op.drop_table('round')
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_index('ix_response_survey_id_submitted')
        batch_op.drop_index('ix_response_read', sqlite_where=sa.text('submitted IS NOT NULL'), postgresql_where=sa.text('submitted IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_response_project_id'))
        batch_op.drop_index(batch_op.f('ix_response_organisation_id'))
        batch_op.drop_index('ix_response_of')
        batch_op.drop_index(batch_op.f('ix_response_invitation_id'))

    op.drop_table('response')
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_release_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_release_project_id'))

    op.drop_table('release')
    with op.batch_alter_table('recording', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recording_project_id'))
        batch_op.drop_index(batch_op.f('ix_recording_link_id'))

    op.drop_table('recording')
    with op.batch_alter_table('ranking_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ranking_place_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_ranking_place_project_id'))

    op.drop_table('ranking_place')
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_project_id'))
        batch_op.drop_index(batch_op.f('ix_match_offer_id'))

    op.drop_table('match')
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_device_project_id'))
        batch_op.drop_index(batch_op.f('ix_device_membership_id'))

    op.drop_table('device')
    with op.batch_alter_table('concept_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concept_comment_project_id'))
        batch_op.drop_index('ix_concept_comment_edition')

    op.drop_table('concept_comment')
    with op.batch_alter_table('cluster', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cluster_project_id'))
        batch_op.drop_index(batch_op.f('ix_cluster_board_id'))

    op.drop_table('cluster')
    op.drop_table('challenge')
    with op.batch_alter_table('calendar_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_link_project_id'))

    op.drop_table('calendar_link')
    with op.batch_alter_table('calendar_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_import_project_id'))
        batch_op.drop_index(batch_op.f('ix_calendar_import_organisation_id'))

    op.drop_table('calendar_import')
    with op.batch_alter_table('anonymous_response', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_anonymous_response_survey_id'))

    op.drop_table('anonymous_response')
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_item_project_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_item_meeting_id'))

    op.drop_table('agenda_item')
    with op.batch_alter_table('advice_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advice_case_provider_id'))
        batch_op.drop_index(batch_op.f('ix_advice_case_project_id'))
        batch_op.drop_index(batch_op.f('ix_advice_case_owner_id'))
        batch_op.drop_index(batch_op.f('ix_advice_case_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_advice_case_listing_id'))

    op.drop_table('advice_case')
    op.drop_table('translation')
    with op.batch_alter_table('tie_verdict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tie_verdict_project_id'))

    op.drop_table('tie_verdict')
    with op.batch_alter_table('tie_reply', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tie_reply_project_id'))

    op.drop_table('tie_reply')
    with op.batch_alter_table('telling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_telling_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_telling_project_id'))

    op.drop_table('telling')
    with op.batch_alter_table('task_force_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_task_force_member_project_id'))
        batch_op.drop_index(batch_op.f('ix_task_force_member_organisation_id'))

    op.drop_table('task_force_member')
    op.drop_table('survey_version')
    with op.batch_alter_table('staff_invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_invitation_project_id'))

    op.drop_table('staff_invitation')
    with op.batch_alter_table('speaker_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_speaker_link_survey_id'))
        batch_op.drop_index(batch_op.f('ix_speaker_link_project_id'))

    op.drop_table('speaker_link')
    with op.batch_alter_table('shared_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shared_view_project_id'))

    op.drop_table('shared_view')
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_room_project_id'))
        batch_op.drop_index(batch_op.f('ix_room_organisation_id'))

    op.drop_table('room')
    with op.batch_alter_table('results_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_results_wish_survey_id'))

    op.drop_table('results_wish')
    with op.batch_alter_table('resolution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resolution_project_id'))
        batch_op.drop_index(batch_op.f('ix_resolution_meeting_id'))

    op.drop_table('resolution')
    with op.batch_alter_table('recorded_tie', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recorded_tie_project_id'))
        batch_op.drop_index(batch_op.f('ix_recorded_tie_b_id'))
        batch_op.drop_index(batch_op.f('ix_recorded_tie_a_id'))

    op.drop_table('recorded_tie')
    with op.batch_alter_table('phrasing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phrasing_project_id'))

    op.drop_table('phrasing')
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participant_workshop_id'))
        batch_op.drop_index(batch_op.f('ix_participant_project_id'))
        batch_op.drop_index(batch_op.f('ix_participant_host_id'))

    op.drop_table('participant')
    with op.batch_alter_table('outlook', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outlook_project_id'))

    op.drop_table('outlook')
    with op.batch_alter_table('offering', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offering_project_id'))
        batch_op.drop_index(batch_op.f('ix_offering_organisation_id'))

    op.drop_table('offering')
    with op.batch_alter_table('network_placement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_placement_project_id'))

    op.drop_table('network_placement')
    with op.batch_alter_table('naming_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_naming_decision_project_id'))
        batch_op.drop_index(batch_op.f('ix_naming_decision_organisation_id'))

    op.drop_table('naming_decision')
    with op.batch_alter_table('named_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_named_link_project_id'))

    op.drop_table('named_link')
    with op.batch_alter_table('name_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_name_decision_project_id'))
        batch_op.drop_index(batch_op.f('ix_name_decision_organisation_id'))

    op.drop_table('name_decision')
    with op.batch_alter_table('merge', schema=None) as batch_op:
        batch_op.drop_index('uq_merge_gone_id', sqlite_where=sa.text('undone IS NULL'), postgresql_where=sa.text('undone IS NULL'))
        batch_op.drop_index(batch_op.f('ix_merge_project_id'))
        batch_op.drop_index(batch_op.f('ix_merge_kept_id'))
        batch_op.drop_index(batch_op.f('ix_merge_gone_id'))

    op.drop_table('merge')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_project_id'))

    op.drop_table('membership')
    with op.batch_alter_table('listing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listing_project_id'))
        batch_op.drop_index(batch_op.f('ix_listing_organisation_id'))

    op.drop_table('listing')
    op.drop_table('language_release')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_project_id'))
        batch_op.drop_index(batch_op.f('ix_invitation_organisation_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_introduction_project_id'))

    op.drop_table('introduction')
    with op.batch_alter_table('interview', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interview_project_id'))
        batch_op.drop_index(batch_op.f('ix_interview_organisation_id'))

    op.drop_table('interview')
    with op.batch_alter_table('income_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_income_note_project_id'))
        batch_op.drop_index(batch_op.f('ix_income_note_organisation_id'))

    op.drop_table('income_note')
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guest_project_id'))
        batch_op.drop_index(batch_op.f('ix_guest_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_guest_meeting_id'))

    op.drop_table('guest')
    with op.batch_alter_table('funding_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_funding_check_project_id'))
        batch_op.drop_index(batch_op.f('ix_funding_check_organisation_id'))

    op.drop_table('funding_check')
    with op.batch_alter_table('frozen', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_frozen_survey_id'))
        batch_op.drop_index(batch_op.f('ix_frozen_project_id'))

    op.drop_table('frozen')
    with op.batch_alter_table('follower', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follower_workshop_id'))

    op.drop_table('follower')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_project_id'))

    op.drop_table('finding')
    with op.batch_alter_table('export', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_export_survey_id'))
        batch_op.drop_index(batch_op.f('ix_export_project_id'))

    op.drop_table('export')
    with op.batch_alter_table('erasure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erasure_project_id'))

    op.drop_table('erasure')
    with op.batch_alter_table('contact_reading', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_reading_survey_id'))
        batch_op.drop_index(batch_op.f('ix_contact_reading_project_id'))

    op.drop_table('contact_reading')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_project_id'))

    op.drop_table('contact')
    with op.batch_alter_table('concept_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concept_entry_project_id'))
        batch_op.drop_index(batch_op.f('ix_concept_entry_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_concept_entry_concept_id'))

    op.drop_table('concept_entry')
    with op.batch_alter_table('concept_edition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concept_edition_project_id'))

    op.drop_table('concept_edition')
    with op.batch_alter_table('circular', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_circular_survey_id'))
        batch_op.drop_index(batch_op.f('ix_circular_project_id'))

    op.drop_table('circular')
    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_board_project_id'))

    op.drop_table('board')
    with op.batch_alter_table('alias', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alias_project_id'))
        batch_op.drop_index(batch_op.f('ix_alias_organisation_id'))

    op.drop_table('alias')
    with op.batch_alter_table('workshop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workshop_project_id'))

    op.drop_table('workshop')
    with op.batch_alter_table('weekly_reader', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_weekly_reader_user_id'))
        batch_op.drop_index(batch_op.f('ix_weekly_reader_project_id'))

    op.drop_table('weekly_reader')
    with op.batch_alter_table('timetable', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_timetable_project_id'))

    op.drop_table('timetable')
    with op.batch_alter_table('survey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_survey_project_id'))

    op.drop_table('survey')
    with op.batch_alter_table('staff_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_session_user_id'))

    op.drop_table('staff_session')
    with op.batch_alter_table('solved', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_solved_project_id'))

    op.drop_table('solved')
    with op.batch_alter_table('sign_in_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_key_user_id'))
        batch_op.drop_index(batch_op.f('ix_sign_in_key_expires'))

    op.drop_table('sign_in_key')
    with op.batch_alter_table('sifting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sifting_project_id'))

    op.drop_table('sifting')
    with op.batch_alter_table('ranking_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ranking_round_project_id'))

    op.drop_table('ranking_round')
    with op.batch_alter_table('project_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_project_term_project_id'))

    op.drop_table('project_term')
    with op.batch_alter_table('project_archive', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_project_archive_project_id'))

    op.drop_table('project_archive')
    with op.batch_alter_table('own_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_own_source_project_id'))

    op.drop_table('own_source')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_mail_project_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_mail_due'))

    op.drop_table('outbox_mail')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index('ix_organisation_register')
        batch_op.drop_index(batch_op.f('ix_organisation_project_id'))
        batch_op.drop_index(batch_op.f('ix_organisation_merged_into_id'))

    op.drop_table('organisation')
    with op.batch_alter_table('network_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_import_project_id'))
        batch_op.drop_index(batch_op.f('ix_network_import_created'))

    op.drop_table('network_import')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_project_id'))

    op.drop_table('meeting')
    with op.batch_alter_table('import_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_draft_project_id'))
        batch_op.drop_index(batch_op.f('ix_import_draft_created'))

    op.drop_table('import_draft')
    with op.batch_alter_table('funding_programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_funding_programme_project_id'))

    op.drop_table('funding_programme')
    with op.batch_alter_table('funding_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_funding_list_project_id'))

    op.drop_table('funding_list')
    with op.batch_alter_table('consent_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_text_project_id'))

    op.drop_table('consent_text')
    with op.batch_alter_table('concept', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_concept_project_id'))

    op.drop_table('concept')
    with op.batch_alter_table('archive_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_archive_draft_user_id'))
        batch_op.drop_index(batch_op.f('ix_archive_draft_project_id'))

    op.drop_table('archive_draft')
    op.drop_table('user')
    op.drop_table('turn')
    with op.batch_alter_table('sign_in_try', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_try_last'))

    op.drop_table('sign_in_try')
    op.drop_table('project')
