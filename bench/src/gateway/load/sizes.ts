/** What one push carries: a data frame of a middling dashboard. */
export const PUSH_BYTES = 1_048_576;
/** As Streamlit's largest script. */
export const ASSET_BYTES = 1_500_000;
