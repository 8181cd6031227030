import pytest
from tests.surveys.answers import *
def test_walk(client, session, project):
    a_register(session, project)
    a_survey(session, project, instrument("enterprise_survey"))
    r=Respondent(client,"/s/pankow")
    assert r.answer.status_code==200, r.html
    open("/tmp/answering/p1.html","w").write(r.html)
    seen=[]
    ans=dict(consent="yes",length="long",org="O01",willing="4",partners=["O02","O03"],offers=["job_coaching"],more_partners="yes",np_name__1="Neuer Verein",followup=["workshop"],email="a@b.de",idea="Ein Café",headcount="12",tie_strength__1="3",tie_kind__2=["referral"])
    for i in range(60):
        if "receipt" in r.path: break
        f=r.form; seen.append(r.path)
        r.send(**{k:v for k,v in ans.items() if k.replace("__",":") in f.names()})
        assert r.answer.status_code==200,(r.path,r.answer.status_code,r.page.text[:1500])
    print(seen)
    print(r.path, r.page.text[-1500:])
