"""The preview's server answers this machine's user and nobody else."""

import http.client
import threading

import pytest

from evidentia.preview.server import LOOPBACK, Server


@pytest.fixture
def server():
    pages = {("", ""): ("the page", "text/html", "default-src 'none'")}
    served = Server(0, lambda path, chapter: pages.get((path, chapter)), lambda last, wait: None)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


def ask(server, path=None, method="GET", **headers):
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=10)
    given = {"Host": f"{LOOPBACK}:{server.server_port}"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, f"/{server.key}/" if path is None else path, headers=given)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_the_whole_address_gives_the_page_and_lets_nothing_else_load(server):
    answer, body = ask(server)
    assert (answer.status, body) == (200, "the page")
    assert answer.getheader("Content-Security-Policy") == "default-src 'none'"
    assert answer.getheader("X-Frame-Options") == "DENY"
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert server.address == f"http://{LOOPBACK}:{server.server_port}/{server.key}/"


def test_it_listens_on_loopback_alone(server):
    assert server.socket.getsockname()[0] == LOOPBACK


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "attacker.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1.attacker.example:80"}, 421),
        ({"Origin": "http://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"}, 403),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
        ({"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate"}, 200),
    ],
)
def test_a_browser_that_was_sent_here_from_elsewhere_is_refused(server, headers, status):
    assert ask(server, **headers)[0].status == status


def test_localhost_is_this_machine_too(server):
    assert ask(server, Host=f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/state", "//", "/../", "/%00/"])
def test_without_the_key_there_is_nothing(server, path):
    answer, body = ask(server, path)
    assert answer.status == 404
    assert "the page" not in body


@pytest.mark.parametrize("path", ["config.yaml", "../config.yaml", "data/rates.csv", "%2e%2e/config.yaml"])
def test_no_file_is_served(server, path):
    assert ask(server, f"/{server.key}/{path}")[0].status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(server, method):
    assert ask(server, method=method)[0].status == 501
