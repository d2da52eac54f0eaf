import { createBrowserHistory } from 'history';

const history = createBrowserHistory();

// No socket: the browser tells us about navigation.
history.listen(({ location }) => {
  document.title = `Parcels: ${location.pathname}`;
});
