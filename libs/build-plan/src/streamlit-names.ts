/** What took the place of functions that newer releases of Streamlit have no more. */
const REPLACED: Record<string, string> = {
  cache: 'st.cache_data or st.cache_resource', experimental_memo: 'st.cache_data', experimental_singleton: 'st.cache_resource', experimental_rerun: 'st.rerun', experimental_get_query_params: 'st.query_params', experimental_set_query_params: 'st.query_params',
  experimental_data_editor: 'st.data_editor', experimental_connection: 'st.connection', experimental_dialog: 'st.dialog', experimental_fragment: 'st.fragment', experimental_user: 'st.user', experimental_audio_input: 'st.audio_input',
  beta_columns: 'st.columns', beta_expander: 'st.expander', beta_container: 'st.container', beta_set_page_config: 'st.set_page_config', bokeh_chart: 'the component streamlit-bokeh',
};

/** The release that brought a function, by Streamlit's release notes. */
const SINCE: Record<string, string> = {
  cache_data: '1.18', cache_resource: '1.18', data_editor: '1.23', chat_input: '1.24', chat_message: '1.24', status: '1.25', toast: '1.24', link_button: '1.27', rerun: '1.27', connection: '1.28', column_config: '1.23', query_params: '1.30', switch_page: '1.30',
  page_link: '1.31', write_stream: '1.31', popover: '1.32', html: '1.33', logo: '1.35', navigation: '1.36', Page: '1.36', dialog: '1.37', fragment: '1.37', feedback: '1.37', context: '1.37', pills: '1.40', segmented_control: '1.40', login: '1.42', logout: '1.42', badge: '1.44', user: '1.45',
};

/** What to do about a function that the installed Streamlit does not have. @param instead what Streamlit itself says */
export function streamlitHint(name: string, instead: string | undefined): string {
  const use = instead ?? (Object.hasOwn(REPLACED, name) ? REPLACED[name] : undefined);
  if (use !== undefined) return `Use ${use} instead, or ask for the older Streamlit the app was written for.`;
  if (Object.hasOwn(SINCE, name)) return `It came with Streamlit ${SINCE[name]}: ask for “streamlit>=${SINCE[name]}”.`;
  return 'Ask for the Streamlit version the app was written for.';
}
